#include "base/time/zone.hpp"

#include "base/text/shorten.hpp"
#include "base/time/zone_implementation.hpp"

#include <algorithm>
#include <atomic>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::size_t name_size_max = 64;

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

/// Whether the name can be one of the IANA list. cctz would also take paths, "localtime", which is
/// another zone on every machine, and "right/...", whose seconds are not UTC's.
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

}  // namespace

Zone::Zone(std::shared_ptr<const Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Result<Zone> Zone::open(std::string_view name) {
    cctz::time_zone rules;
    if (!is_iana_name(name) || !cctz::load_time_zone(std::string(name), &rules)) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "time.unknown_zone",
                     .message = fmt::format("unknown time zone \"{}\"", shortened(name, 80)),
                     .hint =
                         "Name a zone of the IANA list, such as Europe/Berlin or UTC (the "
                         "machine's list is the package tzdata)."};
    }
    return Zone(std::make_shared<const Implementation>(
        Implementation{.name = std::string(name), .rules = rules, .id = next_id()}));
}

Zone Zone::utc() {
    static const Zone utc(std::make_shared<const Implementation>(
        Implementation{.name = "UTC", .rules = cctz::utc_time_zone(), .id = next_id()}));
    return utc;
}

const std::string& Zone::name() const {
    return implementation_->name;
}

Instant instant_of_local(const cctz::time_zone& rules, const cctz::civil_second& local,
                         std::int64_t micros) {
    const cctz::time_zone::civil_lookup found = rules.lookup(local);
    if (found.kind == cctz::time_zone::civil_lookup::SKIPPED) {
        return {found.trans.time_since_epoch().count() * micros_per_second};
    }
    return {found.pre.time_since_epoch().count() * micros_per_second + micros};
}

}  // namespace meshline
