#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "operate/orchestrate/check_log.hpp"
#include "operate/orchestrate/judge_clock.hpp"
#include "operate/orchestrate/register_contract.hpp"
#include "operate/orchestrate/zone_rules.hpp"
#include "stages/capture/capture.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/find_stream.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

struct CaptureArguments {
    std::string client;
    std::string stream;
    std::vector<std::string> paths;
    std::string name;
    bool is_clock_accepted = false;
    bool is_again = false;
};

std::string as_json(const CaptureArguments& arguments, const CaptureReport& report) {
    JsonWriter writer(true);
    writer.begin_object().member("client", arguments.client).member("stream", arguments.stream);
    writer.member("capture", report.capture);
    writer.member("files", report.files).member("records", report.records);
    writer.member("events", report.events).member("duplicates", report.duplicates);
    writer.member("revisions", report.revisions).member("conflicts", report.conflicts);
    writer.member("failed", report.failed).member("risen", report.risen);
    writer.member("position", report.head.position).member("root", report.head.root.hex());
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
    return writer.end_array().end_object().take() + "\n";
}

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

std::string as_text(const CaptureReport& report) {
    // Nothing was read at all: the errors say why.
    if (report.files == 0 && !report.file_errors.empty()) return "";
    std::string text = text_line(
        "{} record{} in {} file{}: {} events, {} duplicates, {} revisions, {} conflicts, {} "
        "failed",
        with_thousands(report.records), report.records == 1 ? "" : "s",
        with_thousands(report.files), report.files == 1 ? "" : "s", with_thousands(report.events),
        with_thousands(report.duplicates), with_thousands(report.revisions),
        with_thousands(report.conflicts), with_thousands(report.failed));
    const std::int64_t stored = report.events + report.revisions + report.conflicts + report.failed;
    if (report.risen > 0) {
        text += fmt::format("{} of them had been taken back and stand{} again.\n",
                            with_thousands(static_cast<std::int64_t>(report.risen)),
                            report.risen == 1 ? "s" : "");
    } else if (stored == 0 && report.records > 0) {
        text += "Nothing changed: all of it was captured before.\n";
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
    if (report.skipped > 0) text += skipped_text(report);
    for (const std::string& file : report.left_out) {
        text += text_line("  left out {}: name it to capture it", file);
    }
    return text;
}

Result<int> capture_files(Session& session, const CaptureArguments& arguments) {
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    MESHLINE_ASSIGN(const StreamChoice choice, find_stream(*client, arguments.stream));
    MESHLINE_ASSIGN(DataFolder * data, session.data());
    MESHLINE_TRY(data->check_writable());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_TRY(keep_zone_rules(*control, *client));
    MESHLINE_TRY(register_contract(*control, *choice.source->pack, *choice.stream));
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_TRY(check_log(*control, *log, client->id));
    Installation& installation = session.installation();
    if (!arguments.is_clock_accepted) {
        MESHLINE_ASSIGN(const LastCaptures last, last_captures(*log, client->id));
        MESHLINE_TRY(judge_clock(session.clock().now(), last));
    }
    CaptureContext context{*log, *control, installation.files(), session.clock(),
                           installation.progress()};
    MESHLINE_ASSIGN(const CaptureReport report,
                    capture(context, {*client, *choice.source, *choice.stream, arguments.paths,
                                      arguments.is_again, arguments.name}));
    session.is_json() ? print_json(as_json(arguments, report)) : print(as_text(report));
    MESHLINE_TRY(control->know_log(client->id, report.head));
    int code = 0;
    for (const Error& error : report.file_errors) {
        const int one = report_error(error);
        if (code == 0) code = one;
    }
    return code;
}

}  // namespace

void add_capture(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("capture", "Put the records of files into the event log");
    auto arguments = std::make_shared<CaptureArguments>();
    command->add_option("CLIENT", arguments->client, "a client of the workspace")->required();
    command
        ->add_option("SOURCE/STREAM", arguments->stream,
                     "one of its sources and a stream of that, such as shop/orders")
        ->required();
    command
        ->add_option("FILE", arguments->paths,
                     "files of records, or folders of them; - is standard input")
        ->required();
    command->add_flag("--again", arguments->is_again,
                      "read files whose content was captured before once more");
    command->add_option("--as", arguments->name,
                        "what the log calls the file, where records are known by file and line");
    command->add_flag("--accept-clock", arguments->is_clock_accepted,
                      "capture although the clock does not look right");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return capture_files(session, *arguments); };
    });
}

}  // namespace meshline
