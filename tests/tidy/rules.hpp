#pragma once

#include "tidy/repository.hpp"

#include <string_view>
#include <vector>

namespace meshline::tidy {

/// Every rule of the style guide that a program can check. What a rule says stands above its
/// function; what is exempt, and why, stands beside the rule.
std::vector<Violation> check_repository(const Repository& repository);

void check_names(const SourceFile& file, std::vector<Violation>& found);
void check_text(const SourceFile& file, std::vector<Violation>& found);
void check_size(const SourceFile& file, std::vector<Violation>& found);
void check_function_size(const SourceFile& file, std::vector<Violation>& found);
void check_includes(const Repository& repository, const SourceFile& file,
                    std::vector<Violation>& found);
void check_words(const SourceFile& file, std::vector<Violation>& found);
void check_errors(const SourceFile& file, std::vector<Violation>& found);
void check_test(const SourceFile& file, std::vector<Violation>& found);
void check_sql(const SourceFile& file, std::vector<Violation>& found);
void check_surface(const SourceFile& file, std::vector<Violation>& found);
void check_codes(const Repository& repository, std::vector<Violation>& found);
void check_modules(const Repository& repository, std::vector<Violation>& found);

/// Files that no exemption needs any longer are named by the test of the checker.
struct Exemption {
    std::string_view path;
    std::string_view word;
    std::string_view why;
};
const std::vector<Exemption>& word_exemptions();

}  // namespace meshline::tidy
