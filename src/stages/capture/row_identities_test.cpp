// Goal: equal rows of a file are different facts, and the same rows of another file are the same.
// Method: number rows of small files and compare.
#include "stages/capture/row_identities.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace meshline {
namespace {

std::vector<std::string> identities(const std::vector<std::string>& rows) {
    RowIdentities file;
    std::vector<std::string> identities;
    for (const std::string& row : rows)
        identities.push_back(file.next(sha256(row)).value());
    return identities;
}

TEST(RowIdentities, equal_rows_are_told_apart_by_how_often_they_came_before) {
    const std::string coffee = row_identity(sha256("coffee"));
    EXPECT_EQ(coffee.size(), 36U);
    EXPECT_EQ(identities({"coffee", "tea", "coffee", "coffee"}),
              (std::vector<std::string>{coffee, row_identity(sha256("tea")), coffee + "/2",
                                        coffee + "/3"}));
}

TEST(RowIdentities, another_order_of_the_same_rows_has_the_same_identities) {
    auto one = identities({"coffee", "tea", "coffee"});
    auto other = identities({"tea", "coffee", "coffee"});
    std::ranges::sort(one);
    std::ranges::sort(other);
    EXPECT_EQ(one, other);
}

TEST(RowIdentities, more_different_rows_than_memory_is_for_are_refused) {
    RowIdentities file(2);
    EXPECT_TRUE(file.next(sha256("a")).ok());
    EXPECT_TRUE(file.next(sha256("b")).ok());
    EXPECT_TRUE(file.next(sha256("a")).ok());
    EXPECT_EQ(file.next(sha256("c")).error().code, "capture.too_many_rows");
}

}  // namespace
}  // namespace meshline
