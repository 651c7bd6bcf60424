#include "base/jsonschema/property_table.hpp"

#include "base/result/check.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace meshline {
namespace {

template <class Word>
std::uint64_t load(const char* bytes) {
    Word word;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
}

constexpr std::uint32_t key_bytes = 16;

NameKey key_of(std::string_view name) {
    NameKey key{.size = static_cast<std::uint32_t>(name.size())};
    if (name.size() >= 8) {
        key.head = load<std::uint64_t>(name.data());
        key.tail = load<std::uint64_t>(name.data() + name.size() - 8);
    } else if (name.size() >= 4) {
        key.head = load<std::uint32_t>(name.data());
        key.tail = load<std::uint32_t>(name.data() + name.size() - 4);
    } else if (!name.empty()) {
        key.head = load<std::uint8_t>(name.data());
        key.tail = load<std::uint8_t>(name.data() + name.size() / 2) << 8 |
                   load<std::uint8_t>(name.data() + name.size() - 1);
    }
    return key;
}

/// Names of a payload that collide cost steps of a walk that the schema's own names bound.
std::size_t hash_of(const NameKey& key) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    const std::uint64_t mixed = (key.head * odd) ^ ((key.tail + key.size) * 0xC2B2AE3D27D4EB4F);
    return (mixed * odd) >> 32;
}

}  // namespace

Property& PropertyTable::add(std::string_view name) {
    slots_.clear();
    const auto [known, is_new] =
        indexes_.emplace(std::string(name), static_cast<std::uint32_t>(properties_.size()));
    if (!is_new) return properties_[known->second];
    return properties_.emplace_back(Property{.name = std::string(name)});
}

void PropertyTable::seal() {
    required_count_ = static_cast<std::size_t>(
        std::ranges::count_if(properties_, [](const Property& one) { return one.is_required; }));
    slots_.assign(std::bit_ceil(properties_.size() * 4 + 1), 0);
    keys_.clear();
    for (const Property& property : properties_) {
        keys_.push_back(key_of(property.name));
        std::size_t slot = hash_of(keys_.back()) & (slots_.size() - 1);
        while (slots_[slot] != 0)
            slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = static_cast<std::uint32_t>(keys_.size());
    }
}

const Property* PropertyTable::find(std::string_view name) const {
    if (properties_.empty()) return nullptr;
    MESHLINE_CHECK(!slots_.empty());
    const NameKey key = key_of(name);
    for (std::size_t slot = hash_of(key) & (slots_.size() - 1); slots_[slot] != 0;
         slot = (slot + 1) & (slots_.size() - 1)) {
        const std::size_t index = slots_[slot] - 1;
        if (keys_[index] != key) continue;
        // The key is all of a short name.
        if (key.size <= key_bytes || properties_[index].name == name) return &properties_[index];
    }
    return nullptr;
}

}  // namespace meshline
