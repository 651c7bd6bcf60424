#include "core/contract/contract_meaning.hpp"

#include "base/json/canonical_json.hpp"
#include "base/json/for_each_child.hpp"
#include "base/jsonschema/subschemas.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

namespace meshline {
namespace {

constexpr std::array text_keywords = {std::string_view("$comment"), std::string_view("description"),
                                      std::string_view("examples"), std::string_view("title"),
                                      owner_keyword};

bool holds_one_of(JsonValue value, const std::set<std::size_t>& offsets) {
    const auto found = offsets.lower_bound(value.offset());
    return found != offsets.end() && *found < value.offset() + value.raw().size();
}

}  // namespace

std::string contract_meaning(JsonValue schema, const std::set<std::size_t>& used) {
    // By their place in the text. A member named "title" is text only where it is a keyword: below
    // "properties" it is a field.
    std::unordered_set<std::size_t> texts;
    std::vector<JsonValue> waiting = {schema};
    while (!waiting.empty()) {
        const JsonValue one = waiting.back();
        waiting.pop_back();
        if (!one.is(JsonType::object)) continue;
        for_each_child(one, [&](JsonValue member) {
            const bool is_text =
                std::ranges::find(text_keywords, member.key()) != text_keywords.end();
            if (is_text && !holds_one_of(member, used)) texts.insert(member.offset());
        });
        for_each_subschema(
            one, [&](JsonValue inside, const std::string&) { waiting.push_back(inside); });
    }
    return canonical_json_without(
        schema, [&](JsonValue member) { return texts.contains(member.offset()); });
}

}  // namespace meshline
