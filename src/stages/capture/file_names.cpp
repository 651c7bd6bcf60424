#include "stages/capture/file_names.hpp"

#include <array>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 3> compressions = {".gz", ".zst", ".zstd"};

std::string_view base_name(std::string_view path) {
    return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

std::string_view plain_name(std::string_view name) {
    for (const std::string_view ending : compressions) {
        if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
    }
    return name;
}

std::string name_in_log(const std::string& path, const std::string& named) {
    if (path == "-") return "stdin";
    std::string_view name = path;
    if (path == named || !name.starts_with(named)) return std::string(plain_name(base_name(name)));
    name.remove_prefix(named.size());
    while (name.starts_with('/'))
        name.remove_prefix(1);
    return std::string(plain_name(name));
}

std::vector<std::string> names_before(const std::string& path) {
    const std::string name(plain_name(base_name(path)));
    std::vector<std::string> names = {name};
    for (const std::string_view ending : compressions)
        names.push_back(name + std::string(ending));
    return names;
}

}  // namespace meshline
