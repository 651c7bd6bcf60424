#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <algorithm>
#include <array>

namespace meshline::tidy {

namespace {

/// Names that tools and readers of public repositories look for as they are.
constexpr std::array fixed_names = {"ARCHITECTURE.md",   "CHANGELOG.md",     "CMakeLists.txt",
                                    "CMakePresets.json", "CONTRIBUTING.md",  "LICENSE",
                                    "Makefile",          "NOTICE",           "README.md",
                                    "SECURITY.md",       "package-lock.json"};

bool is_fixed(std::string_view part) {
    return std::ranges::any_of(fixed_names, [&](std::string_view name) { return name == part; });
}

/// "money_test.cpp", "order.schema.json": every piece between points is snake_case.
bool is_well_formed(std::string_view part) {
    while (true) {
        const std::size_t point = part.find('.');
        if (!is_snake_case(part.substr(0, point))) return false;
        if (point == std::string_view::npos) return true;
        part.remove_prefix(point + 1);
    }
}

/// "0001-the-log-is-the-truth.md": a decision is cited by its number, as decision logs elsewhere.
bool is_decision(const SourceFile& file, std::string_view part) {
    std::string name(part);
    std::ranges::replace(name, '-', '_');
    return file.is_under("docs/decisions") && part == file.name() && is_well_formed(name);
}

}  // namespace

// Files and folders are named in snake_case. A path is reported once, at its first odd part.
void check_names(const SourceFile& file, std::vector<Violation>& found) {
    std::string_view rest = file.path;
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        const std::string_view part = rest.substr(0, slash);
        if (!is_fixed(part) && !is_well_formed(part) && !is_decision(file, part)) {
            found.push_back(
                {file.path, 0, "name", "\"" + std::string(part) + "\" is not snake_case"});
            return;
        }
        rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    }
}

}  // namespace meshline::tidy
