#include "damage/damage.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

namespace meshline::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t page_bytes = 4096;

void add_flips(std::vector<Damage>& damages, const std::string& name, std::size_t size,
               DamageExtent extent, std::size_t count) {
    // An odd step meets every place within a word.
    const std::size_t step = extent == DamageExtent::complete ? 1 : (size / count) | 1;
    for (std::size_t at = 0; at < size; at += step)
        damages.push_back({.kind = DamageKind::flipped, .file = name, .at = at});
}

/// A file that is cut loses its last byte, half of a page, pages.
void add_cuts(std::vector<Damage>& damages, const std::string& name, std::size_t size) {
    for (std::size_t at = 0; at < size; at += page_bytes) {
        damages.push_back({.kind = DamageKind::cut, .file = name, .at = at});
        damages.push_back({.kind = DamageKind::cut, .file = name, .at = at + (size - at) / 2});
    }
    if (size > 0) damages.push_back({.kind = DamageKind::cut, .file = name, .at = size - 1});
}

void flip(std::string& bytes, std::size_t at) {
    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << at % 8));
}

void clear_page(std::string& bytes, std::size_t at) {
    const std::size_t size = std::min(page_bytes, bytes.size() - at);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, '\0');
}

}  // namespace

FolderImage read_folder(const std::string& folder) {
    FolderImage image;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        image[fs::relative(entry.path(), folder).string()] = read_file(entry.path().string());
    }
    return image;
}

void write_folder(const std::string& folder, const FolderImage& image) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    for (const auto& [name, bytes] : image) {
        const fs::path path = fs::path(folder) / name;
        fs::create_directories(path.parent_path());
        write_file(path.string(), bytes);
    }
}

std::string Damage::text() const {
    switch (kind) {
        case DamageKind::flipped:
            return file + ": byte " + std::to_string(at) + " flipped";
        case DamageKind::cleared:
            return file + ": page at " + std::to_string(at) + " cleared";
        case DamageKind::cut:
            return file + ": cut to " + std::to_string(at) + " bytes";
        case DamageKind::removed:
            return file + ": removed";
        case DamageKind::exchanged:
            return file + ": exchanged with " + other;
    }
    return file;
}

std::vector<Damage> damages_of(const FolderImage& image, DamageExtent extent,
                               std::size_t flips_per_file) {
    std::vector<Damage> damages;
    for (auto file = image.begin(); file != image.end(); ++file) {
        const auto& [name, bytes] = *file;
        add_flips(damages, name, bytes.size(), extent, flips_per_file);
        for (std::size_t at = 0; at < bytes.size(); at += page_bytes)
            damages.push_back({.kind = DamageKind::cleared, .file = name, .at = at});
        add_cuts(damages, name, bytes.size());
        damages.push_back({.kind = DamageKind::removed, .file = name});
        for (auto other = std::next(file); other != image.end(); ++other) {
            damages.push_back({.kind = DamageKind::exchanged, .file = name, .other = other->first});
        }
    }
    std::erase_if(damages, [&](const Damage& one) { return damaged(image, one) == image; });
    return damages;
}

FolderImage damaged(const FolderImage& image, const Damage& damage) {
    FolderImage after = image;
    std::string& bytes = after.at(damage.file);
    switch (damage.kind) {
        case DamageKind::flipped:
            flip(bytes, damage.at);
            break;
        case DamageKind::cleared:
            clear_page(bytes, damage.at);
            break;
        case DamageKind::cut:
            bytes.resize(damage.at);
            break;
        case DamageKind::removed:
            after.erase(damage.file);
            break;
        case DamageKind::exchanged:
            std::swap(bytes, after.at(damage.other));
            break;
    }
    return after;
}

}  // namespace meshline::test
