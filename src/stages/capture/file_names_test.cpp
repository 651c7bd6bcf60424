// Goal: a file is known by the same name from wherever and however compressed it is captured.
// Method: a table of paths and of what was named on the command line.
#include "stages/capture/file_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;

TEST(FileNames, a_file_is_known_by_its_path_below_what_was_named) {
    struct Case {
        const char* path;
        const char* named;
        const char* name;
    };
    const Case cases[] = {
        {"sales.csv", "sales.csv", "sales.csv"},
        {"data/jan/sales.csv", "data/jan/sales.csv", "sales.csv"},
        {"data/jan/sales.csv", "data", "jan/sales.csv"},
        {"data/jan/sales.csv", "data/", "jan/sales.csv"},
        {"./jan/sales.csv", ".", "jan/sales.csv"},
        {"data/jan/sales.csv.gz", "data", "jan/sales.csv"},
        {"sales.csv.zst", "sales.csv.zst", "sales.csv"},
        {"-", "-", "stdin"},
    };
    for (const Case& one : cases)
        EXPECT_EQ(name_in_log(one.path, one.named), one.name) << one.path << " of " << one.named;
}

TEST(FileNames, it_may_be_known_by_its_base_name_compressed_or_not) {
    EXPECT_THAT(names_before("data/jan/sales.csv.gz"),
                ElementsAre("sales.csv", "sales.csv.gz", "sales.csv.zst", "sales.csv.zstd"));
}

}  // namespace
}  // namespace meshline
