#include "stages/publish/decide.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace meshline {
namespace {

/// Amounts by currency, dimension and member.
using Amounts = std::map<Figure, WideDecimal>;

Result<Amounts> amounts_of(std::string_view bytes, std::set<std::string>& dimensions) {
    MESHLINE_ASSIGN(auto figures, decode_figures(bytes));
    Amounts amounts;
    for (Figure& figure : figures) {
        const WideDecimal amount = std::exchange(figure.amount, WideDecimal());
        dimensions.insert(figure.dimension);
        amounts.emplace(std::move(figure), amount);
    }
    return amounts;
}

/// Whether one has an amount that the other has not, or has otherwise; none is 0.
bool has_other_amounts(const Amounts& one, const Amounts& other,
                       const std::set<std::string>& known_to_other) {
    for (const auto& [figure, amount] : one) {
        if (!known_to_other.contains(figure.dimension)) continue;
        const auto found = other.find(figure);
        if (amount != (found == other.end() ? WideDecimal() : found->second)) return true;
    }
    return false;
}

}  // namespace

void Unit::add(const Publication& act) {
    live = act;
    last_version = std::max(last_version, act.version);
    if (act.state == PublicationState::verified || act.state == PublicationState::restated)
        trusted = act;
}

Result<bool> say_otherwise(std::string_view earlier, std::string_view figures,
                           std::string_view currency) {
    MESHLINE_ASSIGN(const auto total_before, total_of_figures(earlier, currency));
    MESHLINE_ASSIGN(const auto total, total_of_figures(figures, currency));
    if (total_before.value_or(WideDecimal()) != total.value_or(WideDecimal())) return true;
    // Figures without any entry tell of totals, which are 0, and of no dimension.
    std::set<std::string> dimensions{""};
    std::set<std::string> earlier_dimensions{""};
    MESHLINE_ASSIGN(const Amounts before, amounts_of(earlier, earlier_dimensions));
    MESHLINE_ASSIGN(const Amounts now, amounts_of(figures, dimensions));
    return has_other_amounts(before, now, dimensions) ||
           has_other_amounts(now, before, earlier_dimensions);
}

std::optional<NextAct> decide(const Unit& unit, const std::optional<std::string>& figures,
                              const Trust::Judgement& judgement, PublicationState if_trusted) {
    const std::optional<Publication>& live = unit.live;
    const bool is_first = !live;
    const bool is_changed = figures && (is_first || sha256(*figures) != live->result_digest);
    if (is_first && !figures) return std::nullopt;

    NextAct next;
    next.reason = judgement.reason;
    if (judgement.is_held) {
        // The last good version stays; a unit that never had one is version 0, without figures.
        next.state = PublicationState::held;
        next.version = is_first ? 0 : live->version;
    } else if (judgement.is_open) {
        // Nobody knows yet that the day came to nothing, also where there was something before.
        next.state = PublicationState::provisional;
        next.version = 0;
        next.has_new_figures = !is_first && is_changed;
    } else {
        // The first figure after none is a version of its own, also when it says nothing.
        const bool is_new = is_changed || is_first || live->version == 0;
        next.has_new_figures = is_changed;
        next.version = unit.last_version + (is_new ? 1 : 0);
        next.state = judgement.reason.empty() ? if_trusted : PublicationState::provisional;
    }
    const bool says_the_same = !is_first && next.version == live->version &&
                               next.state == live->state && next.reason == live->reason;
    if (says_the_same) return std::nullopt;
    return next;
}

}  // namespace meshline
