#include "core/captures/capture_history.hpp"

#include <algorithm>

namespace meshline {

Result<CaptureHistory> CaptureHistory::of(std::span<const ReservedEvent> events, Position head) {
    CaptureHistory history;
    history.head_ = head;
    for (const ReservedEvent& event : events) {
        if (event.position <= head) MESHLINE_TRY(history.add(event));
    }
    history.judge_retractions();
    history.find_standing();
    return history;
}

Result<void> CaptureHistory::add(const ReservedEvent& event) {
    if (is_opening(event)) {
        MESHLINE_ASSIGN(CaptureOpened opened, decode_opened(event));
        Capture& capture = captures_.emplace_back();
        capture.id = std::move(opened.id);
        capture.stream = std::move(opened.stream);
        capture.opened = event.position;
        capture.opened_at = event.received_at;
        capture.record.coverage = std::move(opened.coverage);
    } else if (is_closing(event)) {
        MESHLINE_ASSIGN(CaptureClosed closed, decode_closed(event));
        const auto found = std::ranges::find(captures_, closed.id, &Capture::id);
        if (found == captures_.end()) return {};
        found->closed = event.position;
        found->record = std::move(closed);
    } else if (is_retraction(event)) {
        MESHLINE_ASSIGN(Retraction retraction, decode_retraction(event));
        retractions_.push_back({event.position, event.received_at, std::move(retraction)});
    }
    return {};
}

const Capture* CaptureHistory::find_capture(std::string_view id) const {
    const auto found = std::ranges::find(captures_, id, &Capture::id);
    return found == captures_.end() ? nullptr : &*found;
}

const RetractionAct* CaptureHistory::find_retraction(std::string_view id) const {
    const auto found = std::ranges::find(
        retractions_, id, [](const RetractionAct& act) { return act.retraction.id; });
    return found == retractions_.end() ? nullptr : &*found;
}

const Capture* CaptureHistory::opened_at(Position position) const {
    const auto found = std::ranges::lower_bound(captures_, position, {}, &Capture::opened);
    return found == captures_.end() || found->opened != position ? nullptr : &*found;
}

namespace {

const Standing* find_in(const std::vector<Standing>& ordered, Position position) {
    const auto found = std::ranges::lower_bound(ordered, position, {},
                                                [](const Standing& one) { return one.range.last; });
    return found == ordered.end() || found->range.first > position ? nullptr : &*found;
}

}  // namespace

Position CaptureHistory::capture_of(Position position) const {
    const Standing* found = find_in(brought_, position);
    return found == nullptr ? 0 : captures_[*found->capture].opened;
}

const Capture* CaptureHistory::found_by(Position position) const {
    const Standing* standing = standing_at(position);
    if (standing == nullptr || !standing->capture) return nullptr;
    const Capture& capture = captures_[*standing->capture];
    return capture_of(position) == capture.opened ? nullptr : &capture;
}

const Standing* CaptureHistory::standing_at(Position position) const {
    return find_in(standing_, position);
}

/// A retraction takes back what came before it, so the last one is never taken back, and from there
/// on backwards each is known.
void CaptureHistory::judge_retractions() {
    for (auto act = retractions_.rbegin(); act != retractions_.rend(); ++act) {
        if (act->is_retracted) continue;
        for (Capture& capture : captures_) {
            if (capture.id == act->retraction.capture) capture.is_retracted = true;
        }
        for (auto earlier = act + 1; earlier != retractions_.rend(); ++earlier) {
            if (earlier->retraction.id == act->retraction.retraction) earlier->is_retracted = true;
        }
    }
}

PositionSet CaptureHistory::brought_by(const Capture& capture) const {
    if (capture.closed) return capture.record.brought;
    const auto next = std::ranges::upper_bound(captures_, capture.opened, {}, &Capture::opened);
    return {capture.opened + 1, next == captures_.end() ? head_ : next->opened - 1};
}

/// What acts took out of captures, in order: single retractions, and coverages of what the capture
/// did not bring.
std::vector<CaptureHistory::Taking> CaptureHistory::takings() const {
    std::vector<Taking> takings;
    for (const RetractionAct& act : retractions_) {
        if (!act.is_retracted && !act.retraction.positions.is_empty())
            takings.push_back({act.position, act.retraction.positions});
    }
    // A coverage asks what stood before it, so what was taken before must be known.
    for (const Capture& capture : captures_) {
        if (!capture.closed || capture.is_retracted || !capture.record.coverage) continue;
        const Coverage& coverage = *capture.record.coverage;
        if (!coverage.holds()) continue;
        std::ranges::sort(takings, {}, &Taking::at);
        takings.push_back({*capture.closed, taken_by(coverage, *capture.closed, takings)});
    }
    return takings;
}

PositionSet CaptureHistory::taken_by(const Coverage& coverage, Position at,
                                     const std::vector<Taking>& earlier) const {
    PositionSet taken = coverage.taken;
    for (const TakenWith& one : coverage.taken_with) {
        if (has_any(one.by, at, earlier)) taken.add(one.taken);
    }
    return taken;
}

/// Whether any of the events stood just before `at`.
bool CaptureHistory::has_any(const PositionSet& events, Position at,
                             const std::vector<Taking>& takings) const {
    const auto left = [&](PositionSet members, Position since) {
        for (const Taking& taking : takings) {
            if (taking.at > since && taking.at < at) members = members.without(taking.events);
        }
        return !members.is_empty();
    };
    PositionSet unclaimed = events;
    for (const Capture& capture : captures_) {
        if (capture.opened >= at) break;
        const PositionSet brought = brought_by(capture);
        unclaimed = unclaimed.without(brought);
        if (capture.is_retracted) continue;
        PositionSet members = brought;
        if (capture.closed && *capture.closed < at) members.add(capture.record.found);
        if (left(events.common_with(members), capture.opened)) return true;
    }
    return left(unclaimed, 0);
}

void CaptureHistory::find_standing() {
    PositionSet all(1, head_);
    PositionSet unclaimed = all;
    for (std::size_t index = 0; index < captures_.size(); ++index) {
        const PositionSet brought = brought_by(captures_[index]);
        for (const PositionRange& range : brought.ranges())
            brought_.push_back({range, index});
        unclaimed = unclaimed.without(brought);
    }
    const std::vector<Taking> takings = this->takings();
    const auto taken_after = [&](Position opened) {
        PositionSet taken;
        for (const Taking& taking : takings) {
            if (taking.at > opened) taken.add(taking.events);
        }
        return taken;
    };
    PositionSet standing;
    const auto stand = [&](const PositionSet& members, std::optional<std::size_t> capture) {
        const PositionSet added = members.without(standing);
        for (const PositionRange& range : added.ranges())
            standing_.push_back({range, capture});
        standing.add(added);
    };
    stand(unclaimed.without(taken_after(0)), std::nullopt);
    for (std::size_t index = 0; index < captures_.size(); ++index) {
        const Capture& capture = captures_[index];
        if (capture.is_retracted) continue;
        PositionSet members = brought_by(capture);
        members.add(capture.record.found);
        stand(members.without(taken_after(capture.opened)), index);
    }
    std::ranges::sort(standing_, {}, [](const Standing& one) { return one.range.first; });
    fallen_ = all.without(standing);
}

PositionSet changed_standing(const CaptureHistory& before, const CaptureHistory& after) {
    // Both are walked side by side; what is the same in both is skipped as a whole.
    const auto by_capture = [](const CaptureHistory& history) {
        std::vector<PositionSet> sets(history.captures().size() + 1);
        for (const Standing& one : history.standing())
            sets[one.capture ? *one.capture + 1 : 0].add(one.range);
        return sets;
    };
    std::vector<PositionSet> was = by_capture(before);
    std::vector<PositionSet> is = by_capture(after);
    was.resize(std::max(was.size(), is.size()));
    is.resize(was.size());
    PositionSet changed;
    for (std::size_t index = 0; index < was.size(); ++index) {
        if (was[index] == is[index]) continue;
        changed.add(was[index].without(is[index]));
        changed.add(is[index].without(was[index]));
    }
    return changed;
}

}  // namespace meshline
