#include "base/text/embedded_file.hpp"
#include "core/packs/pack.hpp"

#include <algorithm>

namespace meshline {

/// Generated at build time from packs/: paths are "shopify/pack.yaml", in order.
std::span<const EmbeddedFile> embedded_pack_files();

std::vector<std::string> built_in_pack_names() {
    std::vector<std::string> names;
    for (const EmbeddedFile& file : embedded_pack_files()) {
        const std::string_view pack = file.path.substr(0, file.path.find('/'));
        if (names.empty() || names.back() != pack) names.emplace_back(pack);
    }
    // The paths are in order of their bytes, where "a_b/x" may come before or after "a/x".
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<PackFile> built_in_pack_files(std::string_view pack) {
    std::vector<PackFile> files;
    for (const EmbeddedFile& file : embedded_pack_files()) {
        const std::size_t slash = file.path.find('/');
        if (file.path.substr(0, slash) != pack) continue;
        files.push_back({std::string(file.path.substr(slash + 1)), std::string(file.bytes)});
    }
    return files;
}

}  // namespace meshline
