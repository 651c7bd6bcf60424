#include "drivers/sqlite/exception_claims.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"

#include <array>

namespace meshline {
namespace {

Error unreadable() {
    return Error{.message = "what it claims is no list of claims"};
}

constexpr std::size_t parts_of_claim = 5;

Result<Claim> decode_claim(JsonValue row) {
    if (!row.is(JsonType::array) || row.size() != parts_of_claim) return unreadable();
    std::array<std::string_view, parts_of_claim> parts;
    std::size_t next = 0;
    for_each_child(row, [&](JsonValue part) { parts[next++] = part.text(); });
    const auto kind = claim_kind_of(parts[0]);
    if (!kind) return unreadable();
    Claim claim;
    claim.kind = *kind;
    claim.book = parts[1];
    MESHLINE_ASSIGN(claim.day, BusinessDate::parse(parts[2]));
    claim.subject = parts[3];
    MESHLINE_ASSIGN(claim.amount, WideDecimal::parse(parts[4], Rounding::exact));
    return claim;
}

}  // namespace

std::string encode_claims(const Claims& claims) {
    JsonWriter writer;
    writer.begin_array().string(claims.by).begin_array();
    for (const Claim& claim : claims.list) {
        writer.begin_array().string(name_of(claim.kind)).string(claim.book);
        writer.string(claim.day.text()).string(claim.subject).string(claim.amount.text());
        writer.end_array();
    }
    return writer.end_array().end_array().take();
}

Result<Claims> decode_claims(std::string_view json) {
    JsonDocument document;
    const auto root = document.parse(json);
    if (!root.ok() || !root->is(JsonType::array) || root->size() != 2) return unreadable();
    const JsonValue by = root->first();
    const JsonValue list = by.next();
    if (!by.is(JsonType::string) || !list.is(JsonType::array)) return unreadable();
    Claims claims;
    claims.by = by.text();
    std::optional<Error> problem;
    for_each_child(list, [&](JsonValue row) {
        auto claim = decode_claim(row);
        if (!claim.ok()) {
            problem = unreadable().because(std::move(claim).error());
        } else {
            claims.list.push_back(std::move(*claim));
        }
    });
    if (problem) return std::move(*problem);
    return claims;
}

}  // namespace meshline
