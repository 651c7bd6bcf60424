#include "core/model/finding.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 4> severity_names = {"low", "medium", "high", "critical"};

}  // namespace

std::string credits_of(std::string_view model) {
    return "credits of " + std::string(model);
}

void add_doubts(Finding& finding, Book book, std::vector<BusinessDate> days) {
    add_doubts(finding, name_of(book), std::move(days));
}

void add_doubts(Finding& finding, std::string_view book, std::vector<BusinessDate> days) {
    std::ranges::sort(days);
    const auto add = [&](const Doubt& doubt) {
        if (std::ranges::find(finding.doubts, doubt) == finding.doubts.end())
            finding.doubts.push_back(doubt);
    };
    std::optional<Doubt> run;
    for (const BusinessDate day : days) {
        if (run && day.days <= run->to.days + 1) {
            run->to = day;
            continue;
        }
        if (run) add(*run);
        run = Doubt{std::string(book), day, day};
    }
    if (run) add(*run);
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
