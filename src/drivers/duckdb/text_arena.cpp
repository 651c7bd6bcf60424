#include "drivers/duckdb/text_arena.hpp"

#include <algorithm>
#include <cstring>

namespace meshline {

char* TextArena::allocate(std::size_t size) {
    while (block_ < blocks_.size() && used_ + size > blocks_[block_].size) {
        ++block_;
        used_ = 0;
    }
    if (block_ == blocks_.size()) {
        const std::size_t bytes = std::max(block_bytes, size);
        blocks_.push_back({std::make_unique_for_overwrite<char[]>(bytes), bytes});
    }
    char* begin = blocks_[block_].bytes.get() + used_;
    used_ += size;
    return begin;
}

std::string_view TextArena::keep(std::string_view text) {
    char* bytes = allocate(text.size());
    if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
}

duckdb_string_t TextArena::string(std::string_view text) {
    duckdb_string_t string{};
    auto& inlined = string.value.inlined;
    inlined.length = static_cast<std::uint32_t>(text.size());
    if (text.size() <= sizeof(inlined.inlined)) {
        // The bytes after the text stay zero: DuckDB compares all twelve.
        if (!text.empty()) std::memcpy(inlined.inlined, text.data(), text.size());
        return string;
    }
    auto& pointer = string.value.pointer;
    std::memcpy(pointer.prefix, text.data(), sizeof(pointer.prefix));
    pointer.ptr = const_cast<char*>(keep(text).data());
    return string;
}

void TextArena::clear() {
    // A text far larger than others has a block of its own, which is not worth keeping.
    std::erase_if(blocks_, [](const Block& block) { return block.size > block_bytes; });
    block_ = 0;
    used_ = 0;
}

}  // namespace meshline
