#include "base/text/text.hpp"
#include "operate/orchestrate/check_log.hpp"
#include "operate/orchestrate/judge_clock.hpp"
#include "operate/orchestrate/register_contract.hpp"
#include "operate/orchestrate/zone_rules.hpp"
#include "stages/capture/capture.hpp"
#include "stages/capture/preview.hpp"
#include "surface/cli/capture_text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/dates.hpp"
#include "surface/cli/find_stream.hpp"
#include "surface/cli/preview_text.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <utility>

namespace meshline {
namespace {

struct CaptureArguments {
    std::string client;
    std::string stream;
    std::vector<std::string> paths;
    std::string name;
    std::string covers;
    std::string scope;
    bool is_clock_accepted = false;
    bool is_again = false;
    bool is_any_loss_accepted = false;
    bool is_preview = false;
};

/// "2025-03-01..2025-03-31", or one period, "2025-03".
Result<CoverageRequest> parse_covers(const CaptureArguments& arguments) {
    CoverageRequest request;
    const std::size_t dots = arguments.covers.find("..");
    const std::string last =
        dots == std::string::npos ? arguments.covers : arguments.covers.substr(dots + 2);
    MESHLINE_ASSIGN(const Period from, parse_period(arguments.covers.substr(0, dots)));
    MESHLINE_ASSIGN(const Period to, parse_period(last));
    request.from = from.from;
    request.to = to.to;
    request.is_any_loss_accepted = arguments.is_any_loss_accepted;
    if (request.from <= request.to) return request;
    return Error{.code = "time.bad_period",
                 .message = fmt::format("{} is after {}", from.from.text(), to.to.text()),
                 .hint = "Write the first day, two dots, and the last day."};
}

/// "account=4711", of a column that the stream's contract names.
Result<void> parse_scope(const std::string& scope, const StreamChoice& choice,
                         CoverageRequest& request) {
    const std::size_t equals = scope.find('=');
    if (equals == 0 || equals == std::string::npos) {
        return Error{.code = "capture.bad_scope",
                     .message = fmt::format("\"{}\" is no scope", scope),
                     .hint = "Write a column, \"=\" and the value that it has: account=4711."};
    }
    request.scope_column = scope.substr(0, equals);
    request.scope_value = scope.substr(equals + 1);
    const std::vector<std::string> columns = columns_of(*choice.source, *choice.stream);
    if (std::ranges::find(columns, request.scope_column) != columns.end()) return {};
    return Error{
        .kind = ErrorKind::not_found,
        .code = "capture.unknown_scope",
        .message = fmt::format("the contract of {}/{} names no column \"{}\"",
                               choice.source->head.name, choice.stream->name, request.scope_column),
        .hint = hint_for_unknown(request.scope_column, columns)};
}

Result<std::optional<CoverageRequest>> coverage_of(const CaptureArguments& arguments,
                                                   const StreamChoice& choice) {
    if (arguments.covers.empty()) return std::optional<CoverageRequest>();
    MESHLINE_ASSIGN(CoverageRequest request, parse_covers(arguments));
    if (!arguments.scope.empty()) MESHLINE_TRY(parse_scope(arguments.scope, choice, request));
    return std::optional(std::move(request));
}

/// Whoever sits there is asked before more is taken back than is done without a word; where nobody
/// does, or standard input holds the records, nothing is.
std::function<bool(const Coverage&)> loss_question(Session& session,
                                                   const std::vector<std::string>& paths) {
    if (std::ranges::find(paths, "-") != paths.end()) return {};
    return [&session](const Coverage& coverage) {
        const auto answer = session.installation().ask(
            fmt::format("{} of the {} objects of {} are not in the files. Take them back? [y/N] ",
                        with_thousands(coverage.missing), with_thousands(coverage.objects),
                        period_of(coverage)));
        return answer == "y" || answer == "yes";
    };
}

/// Says what is wrong; returns the exit code of the first of it.
int report_errors(const CaptureReport& report) {
    int code = 0;
    for (const Error& error : report.file_errors) {
        const int one = report_error(error);
        if (code == 0) code = one;
    }
    if (report.coverage && !report.coverage->holds()) {
        const int one = report_error(void_coverage(*report.coverage));
        if (code == 0) code = one;
    }
    return code;
}

Result<int> preview_files(Session& session, const CaptureArguments& arguments,
                          const CaptureRequest& request) {
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(auto refused, refusal_of(*control, *request.source.pack, request.stream));
    if (refused) return std::move(*refused);
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_TRY(check_log(*control, *log, request.client.id));
    CaptureContext context{*log, *control, session.installation().files(), session.clock(),
                           session.installation().progress()};
    MESHLINE_ASSIGN(const auto scratch, session.installation().scratch_warehouse());
    MESHLINE_ASSIGN(
        const CapturePreview preview,
        preview_capture(context, {session.installation().transforms(), *scratch}, request));
    session.is_json() ? print_json(preview_json(arguments.client, arguments.stream, preview))
                      : print(preview_text(preview));
    return report_errors(preview.report);
}

Result<int> capture_files(Session& session, const CaptureArguments& arguments,
                          const CaptureRequest& request) {
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_TRY(data->check_writable());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_TRY(keep_zone_rules(*control, request.client));
    MESHLINE_TRY(register_contract(*control, *request.source.pack, request.stream));
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_TRY(check_log(*control, *log, request.client.id));
    Installation& installation = session.installation();
    if (!arguments.is_clock_accepted) {
        MESHLINE_ASSIGN(const LastCaptures last, last_captures(*log, request.client.id));
        MESHLINE_TRY(judge_clock(session.clock().now(), last));
    }
    CaptureContext context{*log, *control, installation.files(), session.clock(),
                           installation.progress()};
    MESHLINE_ASSIGN(const CaptureReport report, capture(context, request));
    session.is_json() ? print_json(capture_json(arguments.client, arguments.stream, report))
                      : print(capture_text(report));
    MESHLINE_TRY(control->know_log(request.client.id, report.head));
    return report_errors(report);
}

Result<int> capture_or_preview(Session& session, const CaptureArguments& arguments) {
    if (arguments.is_preview) session.opened().only_read();
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    MESHLINE_ASSIGN(const StreamChoice choice, find_stream(*client, arguments.stream));
    MESHLINE_ASSIGN(auto coverage, coverage_of(arguments, choice));
    if (coverage && !arguments.is_preview)
        coverage->accepts_loss = loss_question(session, arguments.paths);
    const CaptureRequest request{.client = *client,
                                 .source = *choice.source,
                                 .stream = *choice.stream,
                                 .paths = arguments.paths,
                                 .is_again = arguments.is_again,
                                 .name = arguments.name,
                                 .coverage = std::move(coverage)};
    return arguments.is_preview ? preview_files(session, arguments, request)
                                : capture_files(session, arguments, request);
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
    command->add_flag("--preview", arguments->is_preview,
                      "say what the files would bring, and write nothing");
    command->add_flag("--again", arguments->is_again,
                      "read files whose content was captured before once more");
    command->add_option("--as", arguments->name,
                        "what the log calls the file, where records are known by file and line");
    CLI::Option* covers = command->add_option(
        "--covers", arguments->covers,
        "the days of which these are all records, FROM..TO: what is not among them is taken back");
    command
        ->add_option("--scope", arguments->scope,
                     "COLUMN=VALUE: all records of these days where the column has the value")
        ->needs(covers);
    command
        ->add_flag("--yes", arguments->is_any_loss_accepted,
                   "take back more than a fifth of what is there as well")
        ->needs(covers);
    command->add_flag("--accept-clock", arguments->is_clock_accepted,
                      "capture although the clock does not look right");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return capture_or_preview(session, *arguments); };
    });
}

}  // namespace meshline
