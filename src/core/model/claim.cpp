#include "core/model/claim.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 3> claim_kind_names = {"entry", "rest", "estimate"};

}  // namespace

std::optional<ClaimKind> claim_kind_of(std::string_view name) {
    const auto found = std::ranges::find(claim_kind_names, name);
    if (found == claim_kind_names.end()) return std::nullopt;
    return static_cast<ClaimKind>(found - claim_kind_names.begin());
}

std::string_view name_of(ClaimKind kind) {
    return claim_kind_names[static_cast<std::size_t>(kind)];
}

std::vector<Claim> claims_up_to(std::vector<Claim> claims, WideDecimal amount) {
    if (claims.empty()) return claims;
    Claim rest = claims.front();
    rest.kind = ClaimKind::rest;
    rest.subject.clear();
    std::vector<Claim> kept;
    WideDecimal left = amount;
    for (Claim& claim : claims) {
        if (left <= WideDecimal()) return kept;
        claim.amount = std::min(claim.amount, left);
        // Both are positive, and the claim is not the larger one.
        left = left.minus(claim.amount).value();
        kept.push_back(std::move(claim));
    }
    if (left > WideDecimal()) {
        rest.amount = left;
        kept.push_back(std::move(rest));
    }
    return kept;
}

}  // namespace meshline
