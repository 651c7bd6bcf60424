// Goal: the modules include what they declare and nothing else.
// Method: compare the includes in src/ with the list that configuring the build wrote.
#include "includes/include_check.hpp"
#include "support/text.hpp"

#include <gtest/gtest.h>

namespace meshline::includes {
namespace {

TEST(Includes, agree_with_the_declarations) {
    const std::vector<Module> modules = parse_module_list(test::read_file(MESHLINE_MODULE_LIST));
    ASSERT_GT(modules.size(), 10U);
    std::string report;
    for (const tidy::Violation& violation :
         check_declarations(tidy::read_repository(MESHLINE_SOURCE_DIR), modules)) {
        report += tidy::render(violation) + "\n";
    }
    EXPECT_TRUE(report.empty()) << "\n" << report;
}

}  // namespace
}  // namespace meshline::includes
