#pragma once

#include "base/money/wide_decimal.hpp"
#include "base/time/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// What a claim of money at risk is about. Enumerators equal their stored text.
enum class ClaimKind : std::uint8_t {
    entry,     ///< One entry; `subject` is its place in the facts: "12 gross_sale 1".
    rest,      ///< Entries of a book and day that are too many to be named; no subject.
    estimate,  ///< What is absent on a day; `subject` is the stream or book that lacks it.
};

std::optional<ClaimKind> claim_kind_of(std::string_view name);
std::string_view name_of(ClaimKind kind);

/// A part of a finding's money at risk, positive, in the finding's currency.
struct Claim {
    ClaimKind kind = ClaimKind::entry;
    std::string book;
    BusinessDate day;
    std::string subject;
    WideDecimal amount;
    friend bool operator==(const Claim&, const Claim&) = default;
};

/// What a finding's money at risk is made of, so that what several findings claim counts once.
/// Without a list the amount is the finding's own, which no other finding claims.
struct Claims {
    /// Who claims. What one claimant does not name in several findings is never the same entry.
    std::string by;
    std::vector<Claim> list;
};

/// A finding of more entries names the largest; the rest is one claim per day.
inline constexpr int entries_claimed_max = 50;

/// The claims cut down to `amount` in all, in their order. What they lack of it is claimed as rest
/// of the first claim's book and day; nothing when there is no claim.
std::vector<Claim> claims_up_to(std::vector<Claim> claims, WideDecimal amount);

}  // namespace meshline
