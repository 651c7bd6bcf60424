#pragma once

#include <cstddef>
#include <duckdb.h>
#include <memory>
#include <string_view>
#include <vector>

namespace meshline {

/// The texts of a batch, freed all at once. Memory is kept for the next batch.
class TextArena {
  public:
    /// A copy that lives until clear().
    std::string_view keep(std::string_view text);
    /// The text as DuckDB holds it in a vector; texts of at most 12 bytes are within.
    duckdb_string_t string(std::string_view text);
    void clear();

  private:
    static constexpr std::size_t block_bytes = 256 * 1024;

    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    char* allocate(std::size_t size);

    std::vector<Block> blocks_;
    std::size_t block_ = 0;  ///< The block in use.
    std::size_t used_ = 0;   ///< Bytes of it.
};

}  // namespace meshline
