#include "base/text/shorten.hpp"
#include "base/time/zone_file.hpp"
#include "base/time/zone_rules.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace meshline {
namespace {

constexpr std::size_t name_size_max = 64;
/// The largest file of tzdata has 4 KB.
constexpr std::size_t file_size_max = 256 * 1024;
constexpr const char* system_folder = "/usr/share/zoneinfo";

/// Whether the name can be one of the IANA list: no path, not "localtime", which is another zone on
/// every machine, and not "right/...", whose seconds are not UTC's.
bool is_iana_name(std::string_view name) {
    if (name.empty() || name.size() > name_size_max || name == "localtime") return false;
    const auto is_allowed = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '_' || letter == '+' ||
               letter == '-' || letter == '/';
    };
    if (!std::ranges::all_of(name, is_allowed)) return false;
    return name[0] != '/' && !name.starts_with("right/") && !name.starts_with("posix/");
}

std::string zone_folder() {
    // tidy: the machine's zone files lie where all its programs look for them
    const char* named = std::getenv("TZDIR");
    return named == nullptr || *named == '\0' ? system_folder : named;
}

std::optional<ZoneRules> read_zone(std::string_view name) {
    // Every machine knows UTC, with tzdata or without.
    if (name == "UTC") return ZoneRules(0);
    std::ifstream file(fmt::format("{}/{}", zone_folder(), name), std::ios::binary);
    std::string bytes(file_size_max, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return read_zone_file(bytes);
}

/// Each zone is read once in a process: a file that is replaced meanwhile must not give one work
/// two sets of rules.
std::optional<ZoneRules> known_zone(const std::string& name) {
    static std::mutex mutex;
    static std::map<std::string, std::optional<ZoneRules>> known;
    const std::lock_guard lock(mutex);
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    return known.emplace(name, read_zone(name)).first->second;
}

}  // namespace

Result<ZoneRules> ZoneRules::of_machine(std::string_view name) {
    if (is_iana_name(name)) {
        if (auto rules = known_zone(std::string(name))) return std::move(*rules);
    }
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.unknown_zone",
                 .message = fmt::format("unknown time zone \"{}\"", shortened(name, 80)),
                 .hint =
                     "Name a zone of the IANA list, such as Europe/Berlin or UTC (the "
                     "machine's list is the package tzdata)."};
}

}  // namespace meshline
