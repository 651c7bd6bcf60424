#pragma once

#include "base/json/json_value.hpp"
#include "base/json/key_hash.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Names, found by the hash that parsing has made of every member's name: a member that is not
/// among them mostly costs one load.
class KeyTable {
  public:
    static constexpr std::uint32_t absent = 0xFFFFFFFF;

    /// The index of a name is its place in `names`; a name that is there twice counts by its first.
    void build(const std::vector<std::string>& names);

    std::uint32_t find(JsonValue member) const {
        return find(member.key_hash(), [&] { return member.key(); });
    }
    std::uint32_t find(std::string_view name) const {
        return find(hash_of_key(name), [&] { return name; });
    }

  private:
    /// Small, to stay in the processor's first cache.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t index = absent;
    };

    /// The name is read where the hash is that of one.
    template <class Name>
    std::uint32_t find(std::uint32_t hash, const Name& name) const {
        if (slots_.empty()) return absent;
        // Ends at a free slot: three of four are free.
        for (std::size_t slot = hash & (slots_.size() - 1);;
             slot = (slot + 1) & (slots_.size() - 1)) {
            const Slot& one = slots_[slot];
            if (one.index == absent) return absent;
            if (one.hash == hash && is_same_key(names_[one.index], name())) return one.index;
        }
    }

    std::vector<std::string> names_;
    std::vector<Slot> slots_;
};

}  // namespace meshline
