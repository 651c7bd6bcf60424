#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/captures/capture_history.hpp"
#include "core/stage/client_captures.hpp"
#include "surface/cli/capture_text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/table.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

std::string_view state_of(const Capture& capture) {
    if (capture.is_retracted) return "retracted";
    return capture.closed ? "standing" : "unfinished";
}

std::string target_of(const Retraction& retraction) {
    if (!retraction.capture.empty()) return "capture " + retraction.capture;
    if (!retraction.retraction.empty()) return "retraction " + retraction.retraction;
    return "positions " + retraction.positions.text();
}

std::string files_text(const Capture& capture) {
    const auto& files = capture.record.files;
    if (files.empty()) return capture.record.unread.empty() ? "" : capture.record.unread.front();
    if (files.size() == 1) return files.front().name;
    return fmt::format("{} and {} more", files.front().name, files.size() - 1);
}

/// To the second: people look for the hour, and scripts read the JSON.
std::string second_text(Instant at) {
    constexpr std::int64_t second = 1'000'000;
    const std::int64_t below = ((at.micros % second) + second) % second;
    return Instant{at.micros - below}.text();
}

/// What it covers, and what it came to.
std::string covers_text(const Capture& capture) {
    const auto& coverage = capture.record.coverage;
    if (!coverage) return "";
    const std::string period = period_of(*coverage);
    if (coverage->holds())
        return fmt::format("{}: {} taken back", period, with_thousands(coverage->missing));
    if (coverage->voided_by != void_too_many)
        return fmt::format("{}: void, {}", period, void_reason(*coverage));
    return fmt::format("{}: void, {} of {} missing", period, with_thousands(coverage->missing),
                       with_thousands(coverage->objects));
}

std::string as_text(const CaptureHistory& history) {
    if (history.captures().empty()) return "No captures.\n";
    using Align = Table::Align;
    // Most captures cover nothing.
    const bool is_any_covering = std::ranges::any_of(
        history.captures(),
        [](const Capture& capture) { return capture.record.coverage.has_value(); });
    std::vector<Table::Column> columns = {{"CAPTURE"},
                                          {"AT"},
                                          {"STREAM"},
                                          {"FILES"},
                                          {"RECORDS", Align::right},
                                          {"BROUGHT", Align::right},
                                          {"FOUND", Align::right},
                                          {"FAILED", Align::right},
                                          {"STATE"}};
    if (is_any_covering) columns.push_back({"COVERS"});
    Table captures(std::move(columns));
    for (const Capture& capture : history.captures()) {
        const CaptureCounts& counts = capture.record.counts;
        const auto number = [&](std::int64_t value) {
            return capture.closed ? with_thousands(value) : std::string("?");
        };
        std::vector<std::string> cells = {
            capture.id,
            second_text(capture.opened_at),
            capture.stream.source + "/" + capture.stream.stream,
            files_text(capture),
            number(counts.records),
            number(static_cast<std::int64_t>(capture.record.brought.size())),
            number(static_cast<std::int64_t>(capture.record.found.size())),
            number(counts.failed),
            std::string(state_of(capture))};
        if (is_any_covering) cells.push_back(covers_text(capture));
        captures.add(std::move(cells));
    }
    if (history.retractions().empty()) return captures.text();
    Table retractions({{"RETRACTION"}, {"AT"}, {"OF"}, {"REASON"}, {"STATE"}});
    for (const RetractionAct& act : history.retractions()) {
        retractions.add({act.retraction.id, second_text(act.at), target_of(act.retraction),
                         act.retraction.reason, act.is_retracted ? "retracted" : "standing"});
    }
    return captures.text() + "\n" + retractions.text();
}

void write_capture(JsonWriter& writer, const CaptureHistory& history, const Capture& capture) {
    const CaptureClosed& record = capture.record;
    writer.begin_object().member("capture", capture.id).member("at", capture.opened_at.text());
    writer.member("stream", capture.stream.source + "/" + capture.stream.stream);
    writer.member("state", std::string(state_of(capture)));
    writer.member("brought", history.brought_by(capture).text());
    writer.member("found", record.found.text());
    if (capture.closed) {
        writer.member("records", record.counts.records).member("events", record.counts.events);
        writer.member("duplicates", record.counts.duplicates);
        writer.member("revisions", record.counts.revisions);
        writer.member("conflicts", record.counts.conflicts);
        writer.member("failed", record.counts.failed);
    }
    writer.key("files").begin_array();
    for (const CapturedFile& file : record.files) {
        writer.begin_object().member("name", file.name).member("bytes", file.bytes);
        writer.member("digest", file.digest.hex()).end_object();
    }
    writer.end_array().key("unread").begin_array();
    for (const std::string& name : record.unread)
        writer.string(name);
    writer.end_array();
    if (record.coverage) write_coverage(writer, *record.coverage);
    writer.end_object();
}

std::string as_json(const CaptureHistory& history) {
    JsonWriter writer(true);
    writer.begin_object().key("captures").begin_array();
    for (const Capture& capture : history.captures())
        write_capture(writer, history, capture);
    writer.end_array().key("retractions").begin_array();
    for (const RetractionAct& act : history.retractions()) {
        writer.begin_object().member("retraction", act.retraction.id);
        writer.member("at", act.at.text()).member("of", target_of(act.retraction));
        writer.member("reason", act.retraction.reason);
        writer.member("is_retracted", act.is_retracted).end_object();
    }
    return writer.end_array().end_object().take() + "\n";
}

Result<int> list_captures(Session& session, const std::string& name) {
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(name));
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(const LogHead head, log->head(client->id));
    MESHLINE_ASSIGN(const CaptureHistory history, captures_of(*log, *control, client->id, head));
    session.is_json() ? print_json(as_json(history)) : print(as_text(history));
    return 0;
}

}  // namespace

void add_captures(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("captures", "List what was captured and what was taken back");
    auto client = std::make_shared<std::string>();
    command->add_option("CLIENT", *client, "a client of the workspace")->required();
    command->callback([&chosen, client] {
        chosen = [client](Session& session) { return list_captures(session, *client); };
    });
}

}  // namespace meshline
