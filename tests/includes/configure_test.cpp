// Goal: a dependency that the architecture does not allow does not configure.
// Method: throwaway projects of header-only modules that include cmake/module.cmake.
#include "support/shell.hpp"
#include "support/temporary_folder.hpp"
#include "support/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::includes {
namespace {

using test::shell_quoted;
using test::ShellResult;
using testing::HasSubstr;

struct Declared {
    std::string module;
    std::string arguments;
};

/// Configures a project with the modules, declared in the order given.
ShellResult configure(const std::vector<Declared>& modules) {
    const test::TemporaryFolder folder;
    std::string top =
        "cmake_minimum_required(VERSION 3.25)\nproject(sample LANGUAGES NONE)\n"
        "include(" MESHLINE_SOURCE_DIR
        "/cmake/module.cmake)\n"
        "add_library(meshline_flags INTERFACE)\n";
    for (const Declared& declared : modules) {
        top += "add_subdirectory(src/" + declared.module + ")\n";
        test::write_file(folder / ("src/" + declared.module + "/CMakeLists.txt"),
                         "meshline_module(" + declared.module + " " + declared.arguments + ")\n");
    }
    top += "meshline_write_module_list(${CMAKE_BINARY_DIR}/modules.txt)\n";
    test::write_file(folder / "CMakeLists.txt", top);
    const std::string build = shell_quoted(folder / "build");
    // CMake breaks the lines of a message as it likes; one line is easier to compare.
    return test::run_shell("set -o pipefail; " MESHLINE_CMAKE " -S " + shell_quoted(folder.path()) +
                           " -B " + build + " 2>&1 | tr -s '\\n ' ' ' && cat " + build +
                           "/modules.txt");
}

void expect_refused(const std::vector<Declared>& modules, const std::string& why) {
    const ShellResult result = configure(modules);
    EXPECT_NE(result.exit_code, 0);
    EXPECT_THAT(result.output, HasSubstr(why));
}

TEST(Configure, every_allowed_direction_configures) {
    const ShellResult result = configure({{"base/text", ""},
                                          {"base/money", "USES base/text"},
                                          {"core/model", "USES base/text base/money"},
                                          {"drivers/disk", "USES core/model base/text"},
                                          {"stages/capture", "USES core/model"},
                                          {"operate/run", "USES stages/capture"},
                                          {"operate/demo", "USES operate/run stages/capture"},
                                          {"surface/cli", "USES operate/demo stages/capture"}});
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_THAT(result.output,
                HasSubstr("module core/model\nuses base/text base/money\ntests \ntest_uses \n"));
}

TEST(Configure, undeclared_module_is_refused) {
    expect_refused({{"base/money", "USES base/text"}},
                   "module base/money uses base/text, which is not declared before it");
    expect_refused({{"base/money", "USES base/text"}, {"base/text", ""}},
                   "module base/money uses base/text, which is not declared before it");
}

TEST(Configure, upward_dependency_is_refused) {
    expect_refused({{"core/model", ""}, {"base/text", "USES core/model"}},
                   "module base/text may not use core/model");
    expect_refused({{"stages/capture", ""}, {"core/model", "USES stages/capture"}},
                   "module core/model may not use stages/capture");
    expect_refused({{"surface/cli", ""}, {"operate/demo", "USES surface/cli"}},
                   "module operate/demo may not use surface/cli");
}

TEST(Configure, sideways_dependency_is_refused) {
    expect_refused({{"stages/capture", ""}, {"stages/normalize", "USES stages/capture"}},
                   "module stages/normalize may not use stages/capture");
    expect_refused({{"surface/cli", ""}, {"surface/serve", "USES surface/cli"}},
                   "module surface/serve may not use surface/cli");
    expect_refused({{"drivers/disk", ""}, {"drivers/tape", "USES drivers/disk"}},
                   "module drivers/tape may not use drivers/disk");
}

TEST(Configure, driver_is_out_of_reach_of_stages_and_surface) {
    for (const char* module : {"core/model", "stages/capture", "operate/demo", "surface/cli"}) {
        expect_refused({{"drivers/disk", ""}, {module, "USES drivers/disk"}},
                       std::string("module ") + module + " may not use drivers/disk");
    }
}

TEST(Configure, unknown_layer_and_misspelt_argument_are_refused) {
    expect_refused({{"misc/text", ""}}, "\"misc\" is no layer");
    expect_refused({{"base/text", "USE base/text"}}, "unknown argument");
}

}  // namespace
}  // namespace meshline::includes
