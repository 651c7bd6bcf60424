#include "base/text/text.hpp"
#include "operate/answers/capture_list.hpp"
#include "surface/cli/capture_text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/table.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

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

std::string as_text(const CaptureList& list) {
    if (list.captures.empty()) return "No captures.\n";
    using Align = Table::Align;
    // Most captures cover nothing.
    const bool is_any_covering = std::ranges::any_of(
        list.captures,
        [](const ListedCapture& listed) { return listed.capture.record.coverage.has_value(); });
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
    for (const ListedCapture& listed : list.captures) {
        const Capture& capture = listed.capture;
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
            std::string(name_of(listed.state))};
        if (is_any_covering) cells.push_back(covers_text(capture));
        captures.add(std::move(cells));
    }
    if (list.retractions.empty()) return captures.text();
    Table retractions({{"RETRACTION"}, {"AT"}, {"OF"}, {"REASON"}, {"STATE"}});
    for (const RetractionAct& act : list.retractions) {
        retractions.add({act.retraction.id, second_text(act.at), target_of(act.retraction),
                         act.retraction.reason, act.is_retracted ? "retracted" : "standing"});
    }
    return captures.text() + "\n" + retractions.text();
}

Result<int> show_captures(Session& session, const std::string& name) {
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(name));
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(const CaptureList list, list_captures(*log, *control, client->id));
    session.is_json() ? print_json(capture_list_json(list)) : print(as_text(list));
    return 0;
}

}  // namespace

void add_captures(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("captures", "List what was captured and what was taken back");
    auto client = std::make_shared<std::string>();
    command->add_option("CLIENT", *client, "a client of the workspace")->required();
    command->callback([&chosen, client] {
        chosen = [client](Session& session) { return show_captures(session, *client); };
    });
}

}  // namespace meshline
