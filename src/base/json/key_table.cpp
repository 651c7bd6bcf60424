#include "base/json/key_table.hpp"

#include <bit>

namespace meshline {

void KeyTable::build(const std::vector<std::string>& names) {
    names_ = names;
    slots_.clear();
    if (names.empty()) return;
    slots_.resize(std::bit_ceil(names.size() * 4));
    for (std::uint32_t index = 0; index < names_.size(); ++index) {
        if (find(names_[index]) != absent) continue;
        const std::uint32_t hash = hash_of_key(names_[index]);
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot].index != absent)
            slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = {hash, index};
    }
}

}  // namespace meshline
