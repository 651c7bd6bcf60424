#include "operate/orchestrate/silent_sources.hpp"

#include "core/stage/as_of.hpp"
#include "core/stage/stream_reach.hpp"
#include "core/workspace/touches.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string>

namespace meshline {
namespace {

constexpr std::int64_t micros_per_hour = 3'600'000'000;

/// How long something of a client may be silent, and who is to know.
struct Promise {
    std::string source;
    std::string stream;  ///< Empty: any of the source.
    int within_hours = 0;
    std::string owner;
    Severity severity = Severity::high;

    std::string name() const { return stream.empty() ? source : source + "/" + stream; }
};

/// By name; the strictest where several promise the same.
std::map<std::string, Promise> promises_of(const StageContext& context) {
    std::map<std::string, Promise> promises;
    for (const CheckDefinition& check : checks_of(context.workspace, context.client)) {
        if (check.kind != CheckKind::freshness) continue;
        const Promise promise{check.source, check.stream, check.within_hours, check.head.owner,
                              check.exception_severity};
        const auto [found, is_new] = promises.try_emplace(promise.name(), promise);
        if (!is_new && promise.within_hours < found->second.within_hours) found->second = promise;
    }
    return promises;
}

std::optional<Instant> last_received(const std::vector<StreamReach>& reaches,
                                     const Promise& promise) {
    std::optional<Instant> last;
    for (const StreamReach& reach : reaches) {
        const bool is_meant = reach.source == promise.source &&
                              (promise.stream.empty() || reach.stream == promise.stream);
        if (is_meant) last = std::max(last, reach.last_received_at);
    }
    return last;
}

}  // namespace

Result<std::vector<Finding>> find_silent_sources(StageContext& context) {
    const Instant now = context.clock.now();
    MESHLINE_ASSIGN(const Instant newest, latest_received_at(context));
    MESHLINE_ASSIGN(const auto reaches, stream_reaches(context));
    std::vector<Finding> findings;
    for (const auto& [name, promise] : promises_of(context)) {
        const auto last = last_received(reaches, promise);
        const std::int64_t allowed = promise.within_hours * micros_per_hour;
        if (!last || now.micros - last->micros <= allowed) continue;
        const bool is_stale_by_log =
            (newest.micros - last->micros) / micros_per_hour > promise.within_hours;
        if (is_stale_by_log) continue;
        Finding& finding = findings.emplace_back();
        finding.type = "silence";
        finding.key = name;
        finding.owner = promise.owner;
        finding.severity = promise.severity;
        finding.from = context.client.calendar.business_on(*last);
        // The hours since are left out: the text would change with every run.
        finding.title =
            fmt::format("{} has been silent since {}; a record is promised every {} hours", name,
                        last->text(), promise.within_hours);
        finding.evidence = {{"last_received_at", last->text()},
                            {"within_hours", std::to_string(promise.within_hours)}};
        finding.fixes = {{"resync_source",
                          "Look whether the connection is down, and capture what was recorded"
                          " since."}};
    }
    return findings;
}

}  // namespace meshline
