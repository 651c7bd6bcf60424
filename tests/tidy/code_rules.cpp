#include "support/text.hpp"
#include "tidy/rules.hpp"

#include <algorithm>

namespace meshline::tidy {
namespace {

constexpr std::string_view page = "docs/reference/error_codes.md";

/// Codes that no test can bring about: the machine would have to run out of memory.
constexpr std::string_view beyond_tests[] = {"json.no_memory"};

/// The code of a row such as "| `run.other_log` | ...": its first cell. Empty for other lines.
std::string code_of(std::string_view line) {
    constexpr std::string_view start = "| `";
    if (!line.starts_with(start)) return "";
    const std::size_t end = line.find('`', start.size());
    return end == std::string_view::npos
               ? ""
               : std::string(line.substr(start.size(), end - start.size()));
}

bool stands_in_a_test(const Repository& repository, const std::string& code) {
    return std::ranges::any_of(repository.files, [&](const SourceFile& file) {
        return (file.is_test() || file.path.ends_with(".transcript")) &&
               file.text.find(code) != std::string::npos;
    });
}

}  // namespace

// Scripts depend on codes, so each that the page lists stands in a test or transcript; the page is
// held against the sources by a test of its own.
void check_codes(const Repository& repository, std::vector<Violation>& found) {
    const SourceFile* listed = repository.find(page);
    if (listed == nullptr) return;
    int number = 0;
    for (const std::string_view line : test::lines_of(listed->text)) {
        ++number;
        const std::string code = code_of(line);
        if (code.empty() || std::ranges::find(beyond_tests, code) != std::end(beyond_tests))
            continue;
        if (stands_in_a_test(repository, code)) continue;
        found.push_back({listed->path, number, "code_without_test",
                         "no test and no transcript names \"" + code + "\""});
    }
}

}  // namespace meshline::tidy
