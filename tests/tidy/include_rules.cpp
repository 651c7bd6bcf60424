#include "support/text.hpp"
#include "tidy/cpp_text.hpp"
#include "tidy/includes.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <optional>

namespace meshline::tidy {

std::vector<Include> includes_of(const SourceFile& file) {
    std::vector<Include> includes;
    const std::string text = take_apart(file.text).literals;
    int number = 0;
    for (std::string_view line : test::lines_of(text)) {
        ++number;
        constexpr std::string_view directive = "#include \"";
        if (!line.starts_with(directive)) continue;
        line.remove_prefix(directive.size());
        includes.push_back({std::string(line.substr(0, line.find('"'))), number});
    }
    return includes;
}

namespace {

/// The places that an include path may start from, by where the including file stands.
bool names_a_file(const Repository& repository, const SourceFile& file, const std::string& path) {
    if (repository.find("src/" + path) != nullptr) return true;
    for (const char* root : {"tests", "bench"}) {
        const std::string candidate = std::string(root) + "/" + path;
        if (file.is_under(root) && repository.find(candidate) != nullptr) return true;
    }
    return false;
}

/// "base/money/money.hpp" for src/base/money/money.cpp, where there is such a header.
std::optional<std::string> own_header_of(const Repository& repository, const SourceFile& file) {
    if (!file.path.ends_with(".cpp")) return std::nullopt;
    const std::string header = file.path.substr(0, file.path.size() - 3) + "hpp";
    if (repository.find(header) == nullptr) return std::nullopt;
    return header.substr(header.find('/') + 1);
}

bool has_pragma_once(const SourceFile& file) {
    const std::string code = take_apart(file.text).code;
    return std::string_view(code).substr(skip_spaces(code, 0)).starts_with("#pragma once\n");
}

}  // namespace

// Headers begin with #pragma once. An include names its file from src/ (under tests/ or bench/ also
// from there); a source includes its own header first.
void check_includes(const Repository& repository, const SourceFile& file,
                    std::vector<Violation>& found) {
    if (file.is_header() && !has_pragma_once(file)) {
        found.push_back({file.path, 1, "pragma_once", "a header begins with #pragma once"});
    }
    const auto includes = includes_of(file);
    for (const Include& include : includes) {
        if (names_a_file(repository, file, include.path)) continue;
        found.push_back({file.path, include.line, "include_path",
                         "\"" + include.path + "\" is no file from src/"});
    }
    const auto own = own_header_of(repository, file);
    if (own && (includes.empty() || includes.front().path != *own)) {
        found.push_back({file.path, includes.empty() ? 1 : includes.front().line, "own_header",
                         "include \"" + *own + "\" first"});
    }
}

}  // namespace meshline::tidy
