#include "core/contract/property_table.hpp"

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

/// Sees the length and the outer bytes of a name, which tell the names of one object apart. Names
/// of a payload that collide cost steps of a walk that the schema's own names bound.
std::uint32_t hash_of(std::string_view name) {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    const std::size_t size = name.size();
    if (size >= 8) {
        head = load<std::uint64_t>(name.data());
        tail = load<std::uint64_t>(name.data() + size - 8);
    } else if (size >= 4) {
        head = load<std::uint32_t>(name.data());
        tail = load<std::uint32_t>(name.data() + size - 4);
    } else if (size > 0) {
        head = load<std::uint8_t>(name.data());
        tail = load<std::uint8_t>(name.data() + size / 2) << 8 |
               load<std::uint8_t>(name.data() + size - 1);
    }
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    const std::uint64_t mixed = (head * odd) ^ ((tail + size) * 0xC2B2AE3D27D4EB4F);
    return static_cast<std::uint32_t>((mixed * odd) >> 32);
}

}  // namespace

Property& PropertyTable::add(std::string_view name) {
    slots_.clear();
    const auto found = std::ranges::find(properties_, name, &Property::name);
    if (found != properties_.end()) return *found;
    return properties_.emplace_back(Property{.name = std::string(name)});
}

void PropertyTable::seal() {
    required_count_ = static_cast<std::size_t>(
        std::ranges::count_if(properties_, [](const Property& one) { return one.is_required; }));
    slots_.assign(std::bit_ceil(properties_.size() * 4 + 1), Slot{});
    for (std::size_t index = 0; index < properties_.size(); ++index) {
        const std::uint32_t hash = hash_of(properties_[index].name);
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot].property != 0)
            slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = {hash, static_cast<std::uint32_t>(index + 1)};
    }
}

const Property* PropertyTable::find(std::string_view name) const {
    if (properties_.empty()) return nullptr;
    MESHLINE_CHECK(!slots_.empty());
    const std::uint32_t hash = hash_of(name);
    for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot].property != 0;
         slot = (slot + 1) & (slots_.size() - 1)) {
        const Property& property = properties_[slots_[slot].property - 1];
        if (slots_[slot].hash == hash && property.name == name) return &property;
    }
    return nullptr;
}

}  // namespace meshline
