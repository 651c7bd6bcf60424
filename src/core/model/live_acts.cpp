#include "core/model/live_acts.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace meshline {
namespace {

/// Acts of one metric and grain that share no day, by their first.
using Spans = std::map<BusinessDate, Publication>;

/// Takes the days of the span that begins before `day` and reaches it apart at `day`.
void cut_at(Spans& spans, BusinessDate day) {
    auto after = spans.lower_bound(day);
    if (after == spans.begin()) return;
    Publication& before = std::prev(after)->second;
    if (before.through < day) return;
    Publication rest = before;
    rest.period = day;
    before.through = {day.days - 1};
    spans.emplace_hint(after, day, std::move(rest));
}

/// `act` is later than all that is there.
void lay_over(Spans& spans, Publication act) {
    cut_at(spans, act.period);
    cut_at(spans, {act.through.days + 1});
    spans.erase(spans.lower_bound(act.period), spans.upper_bound(act.through));
    const BusinessDate first = act.period;
    spans.emplace(first, std::move(act));
}

}  // namespace

std::vector<Publication> live_acts(std::vector<Publication> acts) {
    std::ranges::sort(acts, {}, [](const Publication& act) {
        return std::tie(act.metric, act.grain, act.sequence);
    });
    std::vector<Publication> live;
    for (auto act = acts.begin(); act != acts.end();) {
        const std::string metric = act->metric;
        const Grain grain = act->grain;
        Spans spans;
        for (; act != acts.end() && act->metric == metric && act->grain == grain; ++act)
            lay_over(spans, std::move(*act));
        for (auto& [first, span] : spans)
            live.push_back(std::move(span));
    }
    return live;
}

}  // namespace meshline
