#include "surface/cli/capture_text.hpp"

#include "base/text/text.hpp"
#include "operate/answers/coverage_json.hpp"
#include "surface/cli/text_line.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string skipped_text(const CaptureReport& report) {
    std::string text;
    for (const SkippedRow& row : report.skipped_rows)
        text += fmt::format("  skipped {}:{}\n", row.file, row.line);
    if (report.skipped > static_cast<std::int64_t>(report.skipped_rows.size())) {
        text += fmt::format(
            "  and {} more skipped rows\n",
            with_thousands(report.skipped - static_cast<std::int64_t>(report.skipped_rows.size())));
    }
    return text;
}

std::string coverage_text(const Coverage& coverage) {
    if (!coverage.holds()) return "";
    if (coverage.missing == 0)
        return text_line("It covers {}: nothing there is missing.", period_of(coverage));
    return text_line("It covers {}: {} of {} object{} there {} not in it and {} taken back.",
                     period_of(coverage), with_thousands(coverage.missing),
                     with_thousands(coverage.objects), coverage.objects == 1 ? "" : "s",
                     coverage.missing == 1 ? "is" : "are", coverage.missing == 1 ? "is" : "are");
}

}  // namespace

std::string period_of(const Coverage& coverage) {
    std::string text = fmt::format("{} to {}", coverage.from.text(), coverage.to.text());
    if (!coverage.scope_column.empty())
        text += fmt::format(" where {} is \"{}\"", coverage.scope_column, coverage.scope_value);
    return text;
}

std::string capture_json(const std::string& client, const std::string& stream,
                         const CaptureReport& report) {
    JsonWriter writer(true);
    writer.begin_object().member("client", client).member("stream", stream);
    writer.member("capture", report.capture);
    write_counts(writer, report);
    writer.member("position", report.head.position).member("root", report.head.root.hex());
    write_problems(writer, report);
    if (report.coverage) write_coverage(writer, *report.coverage);
    return writer.end_object().take() + "\n";
}

void write_counts(JsonWriter& writer, const CaptureReport& report) {
    writer.member("files", report.files).member("records", report.records);
    writer.member("events", report.events).member("duplicates", report.duplicates);
    writer.member("revisions", report.revisions).member("conflicts", report.conflicts);
    writer.member("failed", report.failed).member("risen", report.risen);
}

void write_problems(JsonWriter& writer, const CaptureReport& report) {
    writer.key("problems").begin_array();
    for (const CaptureProblem& problem : report.problems) {
        writer.begin_object().member("file", problem.file).member("number", problem.number);
        writer.member("message", problem.message).end_object();
    }
    writer.end_array().member("skipped", report.skipped).key("skipped_rows").begin_array();
    for (const SkippedRow& row : report.skipped_rows)
        writer.begin_object().member("file", row.file).member("line", row.line).end_object();
    writer.end_array().key("left_out").begin_array();
    for (const std::string& file : report.left_out)
        writer.string(file);
    writer.end_array().key("repeated").begin_array();
    for (const RepeatedFile& repeated : report.repeated) {
        writer.begin_object().member("file", repeated.file).member("known_as", repeated.known_as);
        writer.member("capture", repeated.capture).end_object();
    }
    writer.end_array().key("file_errors").begin_array();
    for (const Error& error : report.file_errors) {
        writer.begin_object().member("file", error.where.file).member("code", error.code);
        writer.member("message", error.message).end_object();
    }
    writer.end_array();
}

std::string void_reason(const Coverage& coverage) {
    if (coverage.voided_by == void_unread) return "a file could not be read to its end";
    if (coverage.voided_by == void_unfinished) return "it was interrupted";
    return "a record has no object that can be read";
}

Error void_coverage(const Coverage& coverage) {
    Error error{.kind = ErrorKind::refused, .code = "capture.void_coverage"};
    if (coverage.voided_by == void_too_many) {
        error.message = fmt::format(
            "{} of the {} objects of {} are not in the capture: it takes none of them back",
            with_thousands(coverage.missing), with_thousands(coverage.objects),
            period_of(coverage));
        error.hint = fmt::format(
            "More than {} percent: if the files are whole, capture them again with --yes.",
            missing_percent_max);
        return error;
    }
    error.message = fmt::format("{}: the capture takes nothing of {} back", void_reason(coverage),
                                period_of(coverage));
    error.hint = "Capture the files again when every record of them can be read.";
    return error;
}

std::string capture_text(const CaptureReport& report) {
    // Nothing was read at all: the errors say why.
    if (report.files == 0 && !report.file_errors.empty()) return "";
    std::string text = text_line(
        "{} record{} in {} file{}: {} events, {} duplicates, {} revisions, {} conflicts, {} "
        "failed{}",
        with_thousands(report.records), report.records == 1 ? "" : "s",
        with_thousands(report.files), report.files == 1 ? "" : "s", with_thousands(report.events),
        with_thousands(report.duplicates), with_thousands(report.revisions),
        with_thousands(report.conflicts), with_thousands(report.failed),
        report.skipped > 0 ? fmt::format(", {} skipped", with_thousands(report.skipped)) : "");
    const std::int64_t stored = report.events + report.revisions + report.conflicts + report.failed;
    if (report.risen > 0) {
        text += fmt::format("{} of them had been taken back and stand{} again.\n",
                            with_thousands(static_cast<std::int64_t>(report.risen)),
                            report.risen == 1 ? "s" : "");
    } else if (stored == 0 && report.records > 0) {
        // What a covering capture lacks is taken back all the same.
        const bool takes_back =
            report.coverage && report.coverage->holds() && report.coverage->missing > 0;
        text += takes_back ? "Nothing new: all of it was captured before.\n"
                           : "Nothing changed: all of it was captured before.\n";
    }
    if (report.records == 0 && report.file_errors.empty())
        text += "No records were found: see that the file is the one you meant.\n";
    for (const CaptureProblem& problem : report.problems) {
        text += text_line("  failed {}:{}: {}", problem.file, problem.number, problem.message);
    }
    if (report.failed > static_cast<std::int64_t>(report.problems.size())) {
        text += text_line(
            "  and {} more",
            with_thousands(report.failed - static_cast<std::int64_t>(report.problems.size())));
    }
    for (const RepeatedFile& repeated : report.repeated) {
        // Under its own name it is the same file once more, which has been said.
        if (repeated.file == repeated.known_as) continue;
        text += text_line("  {} holds what {} held in capture {}; --again reads it once more",
                          repeated.file, repeated.known_as, repeated.capture);
    }
    if (report.coverage) text += coverage_text(*report.coverage);
    if (report.skipped > 0) text += skipped_text(report);
    for (const std::string& file : report.left_out) {
        text += text_line("  left out {}: name it to capture it", file);
    }
    return text;
}

}  // namespace meshline
