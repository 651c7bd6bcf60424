#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshline::tidy {

struct SourceFile {
    std::string path;  ///< From the repository's root.
    std::string text;

    std::string_view name() const;    ///< "money_test.cpp"
    std::string_view folder() const;  ///< "src/base/money"
    bool is_under(std::string_view folder) const;
    bool is_header() const { return path.ends_with(".hpp"); }
    bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
    bool is_test() const { return path.ends_with("_test.cpp"); }
};

/// Files by path, so that what is reported comes in the order a person would look.
struct Repository {
    std::vector<SourceFile> files;

    const SourceFile* find(std::string_view path) const;
};

/// Every file of the product's folders below `root`; names that start with a point are skipped.
Repository read_repository(const std::string& root);

struct Violation {
    std::string path;
    int line = 0;  ///< From 1; 0 speaks of the whole file.
    std::string rule;
    std::string message;
};

/// "src/a.cpp:12: columns: 104 columns, at most 100"
std::string render(const Violation& violation);

/// The line, from 1, in which the byte at `offset` stands.
int line_at(std::string_view text, std::size_t offset);

}  // namespace meshline::tidy
