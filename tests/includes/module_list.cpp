#include "includes/module_list.hpp"

#include "support/text.hpp"

#include <sstream>

namespace meshline::includes {

namespace {

std::set<std::string> names_in(const std::string& list) {
    std::istringstream words(list);
    std::set<std::string> names;
    for (std::string name; words >> name;)
        names.insert(name);
    return names;
}

}  // namespace

std::vector<Module> parse_module_list(std::string_view text) {
    std::vector<Module> modules;
    for (const std::string_view line : test::lines_of(text)) {
        const std::size_t space = line.find(' ');
        const std::string_view key = line.substr(0, space);
        const std::string value(line.substr(space + 1));
        if (key == "module") modules.push_back({.name = value});
        if (modules.empty()) continue;
        if (key == "uses") modules.back().uses = names_in(value);
        if (key == "tests") modules.back().tests = names_in(value);
        if (key == "test_uses") modules.back().test_uses = names_in(value);
    }
    return modules;
}

}  // namespace meshline::includes
