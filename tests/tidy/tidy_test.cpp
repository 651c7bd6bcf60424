// Goal: the repository keeps the rules of the style guide that a program can check.
// Method: read every file, apply every rule, print each violation as file:line: rule.
#include "tidy/cpp_text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

TEST(Tidy, repository_keeps_the_rules) {
    const Repository repository = read_repository(MESHLINE_SOURCE_DIR);
    ASSERT_GT(repository.files.size(), 100U);
    std::string report;
    for (const Violation& violation : check_repository(repository)) {
        report += render(violation) + "\n";
    }
    EXPECT_TRUE(report.empty()) << "\n" << report;
}

TEST(Tidy, repository_is_read_whole_but_for_hidden_and_built_files) {
    const Repository repository = read_repository(MESHLINE_SOURCE_DIR);
    for (const char* path : {"src/base/result/error.hpp", "tests/tidy/rules.hpp", "CMakeLists.txt",
                             "packs/shopify/pack.yaml", "schema/warehouse/tables.sql"}) {
        EXPECT_NE(repository.find(path), nullptr) << path;
    }
    for (const SourceFile& file : repository.files) {
        EXPECT_FALSE(file.is_under("build")) << file.path;
        EXPECT_EQ(file.path.find("/."), std::string::npos) << file.path;
    }
}

TEST(Tidy, exemptions_are_needed_and_explained) {
    const Repository repository = read_repository(MESHLINE_SOURCE_DIR);
    for (const Exemption& exemption : word_exemptions()) {
        const SourceFile* file = repository.find(exemption.path);
        ASSERT_NE(file, nullptr) << exemption.path;
        EXPECT_FALSE(find_word(take_apart(file->text).code, exemption.word).empty())
            << exemption.path << " no longer says " << exemption.word;
        EXPECT_GT(exemption.why.size(), 10U) << exemption.path;
    }
}

TEST(Tidy, violation_reads_as_file_line_rule) {
    EXPECT_EQ(render({"src/a.cpp", 12, "columns", "104 columns"}),
              "src/a.cpp:12: columns: 104 columns");
    EXPECT_EQ(render({"src/a.cpp", 0, "name", "odd"}), "src/a.cpp:1: name: odd");
}

}  // namespace
}  // namespace meshline::tidy
