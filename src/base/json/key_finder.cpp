#include "base/json/key_finder.hpp"

#include <algorithm>
#include <bit>
#include <string_view>

namespace meshline {
namespace {

/// Up to here comparing every pair of hashes is faster than filling a table.
constexpr std::size_t pairwise_max = 16;

/// Steps per name that a table may take before its names count as made to collide.
constexpr std::size_t steps_per_key_max = 8;

std::string_view name_at(const JsonTape& tape, std::uint32_t node_index) {
    const JsonNode& node = tape.nodes[node_index];
    const bool is_escaped = node.link != JsonNode::not_escaped;
    const char* begin = is_escaped ? tape.unescaped + node.link : tape.text + node.begin + 1;
    return {begin, node.size()};
}

bool is_same(const JsonTape& tape, KeyRecord a, KeyRecord b) {
    return a.hash == b.hash && name_at(tape, a.node) == name_at(tape, b.node);
}

}  // namespace

std::optional<std::uint32_t> DuplicateKeyFinder::find(const JsonTape& tape,
                                                      std::span<const KeyRecord> keys) {
    if (keys.size() > pairwise_max) return find_by_table(tape, keys);
    for (std::size_t later = 1; later < keys.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (is_same(tape, keys[earlier], keys[later])) return keys[later].node;
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> DuplicateKeyFinder::find_by_table(const JsonTape& tape,
                                                               std::span<const KeyRecord> keys) {
    const std::size_t slot_count = std::bit_ceil(keys.size() * 2);
    slots_.assign(slot_count, 0);
    std::size_t steps_left = keys.size() * steps_per_key_max;
    for (std::size_t later = 0; later < keys.size(); ++later) {
        std::size_t slot = keys[later].hash & (slot_count - 1);
        for (; slots_[slot] != 0; slot = (slot + 1) & (slot_count - 1)) {
            if (is_same(tape, keys[slots_[slot] - 1], keys[later])) return keys[later].node;
            if (--steps_left == 0) return find_by_sort(tape, keys);
        }
        slots_[slot] = static_cast<std::uint32_t>(later + 1);
    }
    return std::nullopt;
}

std::optional<std::uint32_t> DuplicateKeyFinder::find_by_sort(const JsonTape& tape,
                                                              std::span<const KeyRecord> keys) {
    sorted_.assign(keys.begin(), keys.end());
    std::ranges::sort(sorted_, [&](KeyRecord a, KeyRecord b) {
        const int order = name_at(tape, a.node).compare(name_at(tape, b.node));
        return order != 0 ? order < 0 : a.node < b.node;
    });
    std::optional<std::uint32_t> first;
    for (std::size_t at = 1; at < sorted_.size(); ++at) {
        if (!is_same(tape, sorted_[at - 1], sorted_[at])) continue;
        first = std::min(first.value_or(sorted_[at].node), sorted_[at].node);
    }
    return first;
}

}  // namespace meshline
