#include "base/time/zone_rules.hpp"

#include "base/text/shorten.hpp"
#include "base/time/civil.hpp"
#include "base/time/instant.hpp"
#include "base/time/zone.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace meshline {
namespace {

/// Two changes a year for eight centuries; more is no zone.
constexpr std::size_t transitions_max = 4096;
constexpr std::string_view start_word = "start ";

Error bad_rules(std::string message) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "time.bad_zone_rules",
                 .message = "zone rules cannot be read: " + std::move(message),
                 .hint = "Restore the control store from a copy."};
}

bool is_offset(std::int64_t offset) {
    return offset >= -zone_offset_max && offset <= zone_offset_max;
}

Result<std::int32_t> read_offset(std::string_view text) {
    std::int32_t offset = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (failure != std::errc() || end != text.data() + text.size() || !is_offset(offset)) {
        return bad_rules(fmt::format("\"{}\" is no offset", shortened(text, 40)));
    }
    return offset;
}

Result<ZoneRules::Transition> read_transition(std::string_view line) {
    const std::size_t blank = line.find(' ');
    const auto instant = parse_instant(line.substr(0, blank), std::nullopt);
    if (!instant.ok() || blank == std::string_view::npos ||
        instant->micros % micros_per_second != 0) {
        return bad_rules(fmt::format("\"{}\" is no transition", shortened(line, 40)));
    }
    MESHLINE_ASSIGN(const std::int32_t offset, read_offset(line.substr(blank + 1)));
    return ZoneRules::Transition{floor_divide(instant->micros, micros_per_second), offset};
}

}  // namespace

ZoneRules::ZoneRules(std::int32_t offset) : start_(offset) {
    write_text();
}

Result<ZoneRules> ZoneRules::create(std::int32_t start, std::vector<Transition> transitions) {
    if (!is_offset(start)) return bad_rules(fmt::format("{} is no offset", start));
    if (transitions.size() > transitions_max) {
        return bad_rules(fmt::format("{} transitions, at most {} are taken", transitions.size(),
                                     transitions_max));
    }
    std::int64_t second = std::numeric_limits<std::int64_t>::min();
    std::int32_t offset = start;
    for (const Transition& one : transitions) {
        const bool is_good = one.second > second && one.second < zone_rules_end &&
                             one.offset != offset && is_offset(one.offset);
        if (!is_good) {
            return bad_rules(fmt::format("the transition of {} is out of order or changes nothing",
                                         Instant{one.second * micros_per_second}.text()));
        }
        second = one.second;
        offset = one.offset;
    }
    ZoneRules rules(start);
    rules.transitions_ = std::move(transitions);
    rules.write_text();
    return rules;
}

Result<ZoneRules> ZoneRules::parse(std::string_view text) {
    const std::size_t end = text.find('\n');
    if (!text.starts_with(start_word) || end == std::string_view::npos || !text.ends_with('\n')) {
        return bad_rules("they do not begin with an offset");
    }
    MESHLINE_ASSIGN(const std::int32_t start,
                    read_offset(text.substr(start_word.size(), end - start_word.size())));
    std::vector<Transition> transitions;
    std::string_view rest = text.substr(end + 1);
    while (!rest.empty() && transitions.size() <= transitions_max) {
        const std::size_t size = rest.find('\n');
        MESHLINE_ASSIGN(transitions.emplace_back(), read_transition(rest.substr(0, size)));
        rest.remove_prefix(size + 1);
    }
    MESHLINE_ASSIGN(ZoneRules rules, create(start, std::move(transitions)));
    // One value has one text, so that its digest can be held against what was stored.
    if (rules.text_ != text) return bad_rules("they are not written as they should be");
    return rules;
}

void ZoneRules::write_text() {
    text_ = fmt::format("{}{}\n", start_word, start_);
    for (const Transition& one : transitions_) {
        text_ += Instant{one.second * micros_per_second}.text();
        text_ += fmt::format(" {}\n", one.offset);
    }
    digest_ = sha256(text_);
}

ZoneRules::OffsetStretch ZoneRules::around(std::int64_t second) const {
    const auto next = std::ranges::upper_bound(transitions_, second, {}, &Transition::second);
    OffsetStretch found{{}, start_};
    if (next != transitions_.end()) found.stretch.to = next->second;
    if (next != transitions_.begin()) {
        found.stretch.from = std::prev(next)->second;
        found.offset = std::prev(next)->offset;
    }
    return found;
}

std::int64_t ZoneRules::first_showing(std::int64_t local) const {
    // Clocks show `local` at `local` minus an offset, so nothing before this is asked.
    OffsetStretch one = around(local - zone_offset_max);
    while (one.stretch.to != Stretch().to && local >= one.stretch.to + one.offset)
        one = around(one.stretch.to);
    const std::int64_t second = local - one.offset;
    return std::max(second, one.stretch.from);
}

std::vector<Stretch> ZoneRules::differences(const ZoneRules& other) const {
    std::vector<Stretch> found;
    std::int64_t from = Stretch().from;
    while (from != Stretch().to) {
        const OffsetStretch mine = around(from);
        const OffsetStretch others = other.around(from);
        const std::int64_t to = std::min(mine.stretch.to, others.stretch.to);
        if (mine.offset != others.offset) {
            if (!found.empty() && found.back().to == from) {
                found.back().to = to;
            } else {
                found.push_back({from, to});
            }
        }
        from = to;
    }
    return found;
}

}  // namespace meshline
