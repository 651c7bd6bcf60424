#include "base/json/json_equal.hpp"

#include "base/json/decimal_token.hpp"

#include <utility>
#include <vector>

namespace meshline {
namespace {

using Pairs = std::vector<std::pair<JsonValue, JsonValue>>;

bool is_scalar_equal(JsonValue a, JsonValue b) {
    if (!a.is(JsonType::number) || a.raw() == b.raw()) return a.text() == b.text();
    return DecimalToken::parse(a.raw()) == DecimalToken::parse(b.raw());
}

/// Adds the children that must be equal; false where the containers differ already.
bool add_children(JsonValue a, JsonValue b, Pairs& pairs) {
    if (a.size() == 0) return true;
    JsonValue child = a.first();
    JsonValue other = b.first();
    for (std::size_t left = a.size();; child = child.next()) {
        if (a.is(JsonType::object)) {
            const auto found = b.find(child.key());
            if (!found) return false;
            other = *found;
        }
        pairs.emplace_back(child, other);
        if (--left == 0) return true;
        if (a.is(JsonType::array)) other = other.next();
    }
}

}  // namespace

bool is_json_equal(JsonValue a, JsonValue b) {
    if (a.type() != b.type()) return false;
    if (!a.is(JsonType::array) && !a.is(JsonType::object)) return is_scalar_equal(a, b);
    Pairs pairs{{a, b}};
    while (!pairs.empty()) {
        const auto [left, right] = pairs.back();
        pairs.pop_back();
        if (left.type() != right.type() || left.size() != right.size()) return false;
        if (!left.is(JsonType::array) && !left.is(JsonType::object)) {
            if (!is_scalar_equal(left, right)) return false;
        } else if (!add_children(left, right, pairs)) {
            return false;
        }
    }
    return true;
}

}  // namespace meshline
