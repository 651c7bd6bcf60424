#include "core/model/finding.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 4> severity_names = {"low", "medium", "high", "critical"};

}  // namespace

void add_doubts(Finding& finding, Book book, std::vector<BusinessDate> days) {
    std::ranges::sort(days);
    std::optional<Doubt> run;
    for (const BusinessDate day : days) {
        if (run && day.days <= run->to.days + 1) {
            run->to = day;
            continue;
        }
        if (run) finding.doubts.push_back(*run);
        run = Doubt{std::string(name_of(book)), day, day};
    }
    if (run) finding.doubts.push_back(*run);
}

void add_doubt(Finding& finding, Book book, BusinessDate from, BusinessDate to) {
    finding.doubts.push_back({std::string(name_of(book)), from, to});
}

std::optional<Severity> severity_of(std::string_view name) {
    const auto found = std::ranges::find(severity_names, name);
    if (found == severity_names.end()) return std::nullopt;
    return static_cast<Severity>(found - severity_names.begin());
}

std::string_view name_of(Severity severity) {
    return severity_names[static_cast<std::size_t>(severity)];
}

}  // namespace meshline
