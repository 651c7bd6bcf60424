#include "base/jsonschema/unique_items.hpp"

#include "base/json/decimal_token.hpp"
#include "base/json/for_each_child.hpp"
#include "base/json/json_equal.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>
#include <xxhash.h>

namespace meshline {
namespace {

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
    return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

/// Calls itself once a level of the value, of which JsonDocument allows few.
std::uint64_t hash_of(JsonValue value, std::uint64_t base) {
    const std::uint64_t seed = base + static_cast<std::uint64_t>(value.type());
    switch (value.type()) {
        case JsonType::null:
        case JsonType::boolean:
        case JsonType::string:
            return hash_of(value.text(), seed);
        case JsonType::number:
            return DecimalToken::parse(value.raw())->hash(seed);
        case JsonType::array: {
            std::uint64_t hash = seed;
            for_each_child(value, [&](JsonValue item) {
                const std::uint64_t both[] = {hash, hash_of(item, base)};
                hash = XXH3_64bits_withSeed(both, sizeof(both), seed);
            });
            return hash;
        }
        case JsonType::object: {
            // Members in any order: their hashes are summed.
            std::uint64_t sum = seed;
            for_each_child(value, [&](JsonValue member) {
                const std::uint64_t both[] = {hash_of(member.key(), seed), hash_of(member, base)};
                sum += XXH3_64bits_withSeed(both, sizeof(both), seed);
            });
            return sum;
        }
    }
    return 0;
}

struct Item {
    std::uint64_t hash;
    std::size_t index;
    JsonValue value;
};

}  // namespace

std::optional<std::pair<std::size_t, std::size_t>> find_equal_items(JsonValue array) {
    thread_local std::vector<Item> items;
    items.clear();
    // The seed hangs on every byte, so that items which collide cannot be prepared one by one.
    const std::uint64_t seed = hash_of(array.raw(), 0);
    for_each_child(
        array, [&](JsonValue item) { items.push_back({hash_of(item, seed), items.size(), item}); });
    std::ranges::sort(items, [](const Item& a, const Item& b) {
        return std::tie(a.hash, a.index) < std::tie(b.hash, b.index);
    });
    std::optional<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t at = 1; at < items.size(); ++at) {
        const Item& one = items[at - 1];
        const Item& other = items[at];
        if (one.hash != other.hash || !is_json_equal(one.value, other.value)) continue;
        if (!found || other.index < found->second) found = {one.index, other.index};
    }
    return found;
}

}  // namespace meshline
