#include "core/model/finding.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 4> severity_names = {"low", "medium", "high", "critical"};

}  // namespace

std::optional<Severity> severity_of(std::string_view name) {
    const auto found = std::ranges::find(severity_names, name);
    if (found == severity_names.end()) return std::nullopt;
    return static_cast<Severity>(found - severity_names.begin());
}

std::string_view name_of(Severity severity) {
    return severity_names[static_cast<std::size_t>(severity)];
}

}  // namespace meshline
