#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace meshline::test {

/// The files of a folder and of those below it, by their path in it.
using FolderImage = std::map<std::string, std::string>;

FolderImage read_folder(const std::string& folder);
/// Makes the folder hold these files and no others.
void write_folder(const std::string& folder, const FolderImage& image);

enum class DamageKind : std::uint8_t {
    flipped,    ///< One bit of a byte is another.
    cleared,    ///< A page is zeros.
    cut,        ///< The file ends early.
    removed,    ///< The file is not there.
    exchanged,  ///< Two files have each other's names.
};

/// One thing that happened to a folder.
struct Damage {
    DamageKind kind = DamageKind::flipped;
    std::string file;
    std::size_t at = 0;  ///< The byte, the first of the page, the new length.
    std::string other = {};

    /// "log/shop/head: byte 17 flipped"
    std::string text() const;
};

enum class DamageExtent : std::uint8_t { sample, complete };

/// What was asked for on the command line of the program: `complete`, or nothing for a sample.
DamageExtent asked_extent();

/// All damages that change something, in a fixed order. A sample has about `flips_per_file` of each
/// file's bytes, spread over it.
std::vector<Damage> damages_of(const FolderImage& image, DamageExtent extent,
                               std::size_t flips_per_file);

/// The folder after the damage.
FolderImage damaged(const FolderImage& image, const Damage& damage);

}  // namespace meshline::test
