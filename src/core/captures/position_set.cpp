#include "core/captures/position_set.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace meshline {
namespace {

/// A whole number from 1 on, below the last position there can be.
std::optional<Position> position_of(std::string_view text) {
    Position position = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, position);
    const bool is_number = error == std::errc() && at == end && !text.empty();
    if (!is_number || position == 0 || position == std::numeric_limits<Position>::max())
        return std::nullopt;
    return position;
}

}  // namespace

PositionSet::PositionSet(Position first, Position last) {
    if (first <= last) ranges_.push_back({first, last});
}

void PositionSet::add(PositionRange range) {
    if (range.first > range.last) return;
    // The first range that the new one meets or touches, and the first one beyond those.
    auto begin = ranges_.end();
    if (!ranges_.empty() && range.first <= ranges_.back().last + 1) {
        begin = std::ranges::lower_bound(ranges_, range.first, {},
                                         [](const PositionRange& one) { return one.last + 1; });
    }
    auto end = begin;
    while (end != ranges_.end() && end->first <= range.last + 1) {
        range.first = std::min(range.first, end->first);
        range.last = std::max(range.last, end->last);
        ++end;
    }
    if (begin == end) {
        ranges_.insert(begin, range);
        return;
    }
    *begin = range;
    ranges_.erase(begin + 1, end);
}

void PositionSet::add(const PositionSet& other) {
    if (ranges_.empty()) {
        ranges_ = other.ranges_;
        return;
    }
    std::vector<PositionRange> both;
    both.reserve(ranges_.size() + other.ranges_.size());
    std::ranges::merge(ranges_, other.ranges_, std::back_inserter(both), {}, &PositionRange::first,
                       &PositionRange::first);
    ranges_.clear();
    for (const PositionRange& range : both)
        add(range);
}

bool PositionSet::contains(Position position) const {
    const auto found = std::ranges::lower_bound(ranges_, position, {}, &PositionRange::last);
    return found != ranges_.end() && found->first <= position;
}

bool PositionSet::meets(const PositionSet& other) const {
    auto mine = ranges_.begin();
    auto theirs = other.ranges_.begin();
    while (mine != ranges_.end() && theirs != other.ranges_.end()) {
        if (mine->last < theirs->first) {
            ++mine;
        } else if (theirs->last < mine->first) {
            ++theirs;
        } else {
            return true;
        }
    }
    return false;
}

std::uint64_t PositionSet::size() const {
    std::uint64_t size = 0;
    for (const PositionRange& range : ranges_)
        size += range.last - range.first + 1;
    return size;
}

PositionSet PositionSet::without(const PositionSet& other) const {
    PositionSet rest;
    auto cut = other.ranges_.begin();
    for (PositionRange range : ranges_) {
        while (cut != other.ranges_.end() && cut->last < range.first)
            ++cut;
        // What is cut may reach into the next range, so the outer iterator stays.
        for (auto inside = cut; inside != other.ranges_.end() && inside->first <= range.last;
             ++inside) {
            if (range.first < inside->first)
                rest.ranges_.push_back({range.first, inside->first - 1});
            range.first = inside->last + 1;
        }
        if (range.first <= range.last) rest.ranges_.push_back(range);
    }
    return rest;
}

PositionSet PositionSet::common_with(const PositionSet& other) const {
    return without(without(other));
}

std::string PositionSet::text() const {
    std::string text;
    for (const PositionRange& range : ranges_) {
        if (!text.empty()) text += ',';
        text += std::to_string(range.first);
        if (range.last != range.first) text += '-' + std::to_string(range.last);
    }
    return text;
}

Result<PositionSet> PositionSet::parse(std::string_view text) {
    PositionSet set;
    if (text.empty()) return set;
    for (const std::string_view part : split(text, ',')) {
        const std::size_t dash = part.find('-');
        const auto first = position_of(part.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : position_of(part.substr(dash + 1));
        if (!first || !last || *first > *last) {
            return Error{.kind = ErrorKind::invalid,
                         .code = "captures.bad_positions",
                         .message = fmt::format("\"{}\" is no position and no range of them", part),
                         .hint = "Write positions like 12 or 12-40, with commas between."};
        }
        set.add(PositionRange{*first, *last});
    }
    return set;
}

}  // namespace meshline
