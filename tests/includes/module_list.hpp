#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace meshline::includes {

/// What a module's CMakeLists.txt declares.
struct Module {
    std::string name;                 ///< "base/money"
    std::set<std::string> uses;       ///< Modules.
    std::set<std::string> tests;      ///< File names.
    std::set<std::string> test_uses;  ///< Modules.
};

/// Reads the list that cmake/module.cmake writes when the build is configured.
std::vector<Module> parse_module_list(std::string_view text);

}  // namespace meshline::includes
