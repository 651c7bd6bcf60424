#pragma once

#include "tidy/rules.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace meshline::tidy {

/// "rule@line" for all that the rules find in one made-up file; of the module rules nothing.
inline std::vector<std::string> found_in(const std::string& path, const std::string& text) {
    const Repository repository{{{path, text}}};
    std::vector<std::string> names;
    for (const Violation& violation : check_repository(repository)) {
        if (violation.path != path) continue;
        if (violation.rule == "build" || violation.rule == "readme") continue;
        names.push_back(violation.rule + "@" + std::to_string(violation.line));
    }
    return names;
}

/// "path: rule" for a made-up repository.
inline std::vector<std::string> found_in_all(Repository repository) {
    std::ranges::sort(repository.files, {}, &SourceFile::path);
    std::vector<std::string> names;
    for (const Violation& violation : check_repository(repository)) {
        names.push_back(violation.path + ": " + violation.rule);
    }
    return names;
}

}  // namespace meshline::tidy
