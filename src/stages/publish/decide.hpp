#pragma once

#include "core/model/publication.hpp"
#include "stages/publish/trust.hpp"

#include <optional>
#include <string>

namespace meshline {

/// What is published of one unit, a day or a longer period.
struct Unit {
    std::optional<Publication> live;
    /// The last act that called figures verified or restated: what its readers believe.
    std::optional<Publication> trusted;
    int last_version = 0;  ///< The greatest: after an act of version 0 not that of `live`.

    bool is_held() const { return live && live->state == PublicationState::held; }
    /// Takes note of the next act.
    void add(const Publication& act);
};

/// The next act of a unit, or nothing when it would say what the live one says.
struct NextAct {
    int version = 1;
    PublicationState state = PublicationState::provisional;
    std::string reason;
    bool has_new_figures = false;
};

/// `figures` are the encoded figures as computed now, or nothing when the unit was not touched.
/// `if_trusted` is what they are where nothing speaks against them, see state_if_trusted().
std::optional<NextAct> decide(const Unit& unit, const std::optional<std::string>& figures,
                              const Trust::Judgement& judgement, PublicationState if_trusted);

/// Whether figures say anything else than earlier ones of what both tell of: a total, or a member
/// of a dimension that both have. So a dimension that was added or dropped changes figures and says
/// nothing else. `currency` is the one whose totals are looked at first, for speed. Error
/// publication.bad_figures.
Result<bool> say_otherwise(std::string_view earlier, std::string_view figures,
                           std::string_view currency);

}  // namespace meshline
