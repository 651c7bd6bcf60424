#pragma once

#include "stages/reconcile/break_items.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// What a fix is asked for: a break by its reason, between items of these kinds, on these days.
struct BreakSituation {
    std::string_view reason;  ///< One of break_reasons.
    ItemKind left = ItemKind::other;
    ItemKind right = ItemKind::other;
    std::string days;  ///< On which what is missing may be: "2026-03-04 to 2026-03-07".
};

/// What to do where the policy names `fix` for this break: one or two sentences for the person who
/// does it. Every fix has an answer for every situation.
std::string fix_sentence(std::string_view fix, const BreakSituation& situation);

}  // namespace meshline
