// Goal: an undeclared include, an unneeded declaration and a driver out of place are found.
// Method: two made-up modules and what is said of them.
#include "includes/include_check.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::includes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Source {
    std::string path;
    std::vector<std::string> includes;
};

std::vector<std::string> found_in(const std::vector<Module>& modules,
                                  const std::vector<Source>& sources) {
    tidy::Repository repository;
    for (const Source& source : sources) {
        std::string text;
        for (const std::string& include : source.includes)
            text += "#include \"" + include + "\"\n";
        repository.files.push_back({source.path, text});
    }
    std::ranges::sort(repository.files, {}, &tidy::SourceFile::path);
    std::vector<std::string> names;
    for (const tidy::Violation& violation : check_declarations(repository, modules)) {
        names.push_back(violation.path + ":" + std::to_string(violation.line) + " " +
                        violation.rule);
    }
    return names;
}

const Module low{.name = "base/low"};
const Source low_header{"src/base/low/low.hpp", {}};

TEST(ModuleList, four_lines_make_a_module) {
    const auto modules = parse_module_list(
        "module base/low\nuses \ntests \ntest_uses \n"
        "module core/high\nuses base/low base/other\ntests a_test.cpp b.cpp\ntest_uses base/x\n");
    ASSERT_EQ(modules.size(), 2U);
    EXPECT_EQ(modules[0].name, "base/low");
    EXPECT_THAT(modules[0].uses, IsEmpty());
    EXPECT_EQ(modules[1].name, "core/high");
    EXPECT_THAT(modules[1].uses, ElementsAre("base/low", "base/other"));
    EXPECT_THAT(modules[1].tests, ElementsAre("a_test.cpp", "b.cpp"));
    EXPECT_THAT(modules[1].test_uses, ElementsAre("base/x"));
}

TEST(IncludeCheck, declared_and_own_includes_pass) {
    EXPECT_THAT(found_in({low, {.name = "core/high", .uses = {"base/low"}}},
                         {low_header,
                          {"src/core/high/high.hpp", {"base/low/low.hpp"}},
                          {"src/core/high/high.cpp", {"core/high/high.hpp"}}}),
                IsEmpty());
}

TEST(IncludeCheck, undeclared_include_is_found_in_source_and_header) {
    EXPECT_THAT(
        found_in({low, {.name = "core/high"}},
                 {low_header,
                  {"src/core/high/high.cpp", {"core/high/high.hpp", "base/low/low.hpp"}},
                  {"src/core/high/high.hpp", {"base/low/low.hpp"}}}),
        ElementsAre("src/core/high/high.cpp:2 undeclared", "src/core/high/high.hpp:1 undeclared"));
}

TEST(IncludeCheck, declaration_that_nothing_needs_is_found) {
    EXPECT_THAT(found_in({low, {.name = "core/high", .uses = {"base/low"}}},
                         {low_header, {"src/core/high/high.cpp", {}}}),
                ElementsAre("src/core/high/CMakeLists.txt:0 unused"));
}

TEST(IncludeCheck, test_may_use_more_than_its_module) {
    const Source test{"src/core/high/high_test.cpp", {"base/low/low.hpp"}};
    EXPECT_THAT(
        found_in(
            {low, {.name = "core/high", .tests = {"high_test.cpp"}, .test_uses = {"base/low"}}},
            {low_header, test}),
        IsEmpty());
    EXPECT_THAT(
        found_in({low, {.name = "core/high", .tests = {"high_test.cpp"}}}, {low_header, test}),
        ElementsAre("src/core/high/high_test.cpp:1 undeclared"));
    EXPECT_THAT(
        found_in({low, {.name = "core/high", .uses = {"base/low"}, .tests = {"high_test.cpp"}}},
                 {low_header, test}),
        ElementsAre("src/core/high/CMakeLists.txt:0 unused"));
}

TEST(IncludeCheck, header_of_tests_counts_as_a_test_until_a_source_includes_it) {
    const Module high{.name = "core/high", .tests = {"high_test.cpp"}, .test_uses = {"base/low"}};
    const Source sample{"src/core/high/sample.hpp", {"base/low/low.hpp"}};
    const Source test{"src/core/high/high_test.cpp", {"core/high/sample.hpp"}};
    EXPECT_THAT(found_in({low, high}, {low_header, sample, test}), IsEmpty());
    EXPECT_THAT(
        found_in({low, high},
                 {low_header, sample, test, {"src/core/high/high.cpp", {"core/high/sample.hpp"}}}),
        ElementsAre("src/core/high/sample.hpp:1 undeclared",
                    "src/core/high/CMakeLists.txt:0 unused"));
}

TEST(IncludeCheck, only_wiring_and_main_name_a_driver) {
    const Module driver{.name = "drivers/disk"};
    const Source disk{"src/drivers/disk/disk.hpp", {}};
    EXPECT_THAT(found_in({driver}, {disk,
                                    {"src/drivers/disk/disk.cpp", {"drivers/disk/disk.hpp"}},
                                    {"src/main.cpp", {"drivers/disk/disk.hpp"}},
                                    {"src/wiring.cpp", {"drivers/disk/disk.hpp"}}}),
                IsEmpty());
    EXPECT_THAT(found_in({driver, {.name = "surface/cli", .uses = {"drivers/disk"}}},
                         {disk, {"src/surface/cli/cli.cpp", {"drivers/disk/disk.hpp"}}}),
                ElementsAre("src/surface/cli/cli.cpp:1 driver"));
    EXPECT_THAT(found_in({driver}, {disk, {"src/other.cpp", {"drivers/disk/disk.hpp"}}}),
                ElementsAre("src/other.cpp:0 top"));
}

TEST(IncludeCheck, test_of_a_stage_may_run_on_a_driver) {
    EXPECT_THAT(found_in({{.name = "drivers/disk"},
                          {.name = "stages/capture",
                           .tests = {"capture_test.cpp"},
                           .test_uses = {"drivers/disk"}}},
                         {{"src/drivers/disk/disk.hpp", {}},
                          {"src/stages/capture/capture_test.cpp", {"drivers/disk/disk.hpp"}}}),
                IsEmpty());
}

}  // namespace
}  // namespace meshline::includes
