#include "damage/damage.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace meshline::test {
namespace {

DamageExtent extent = DamageExtent::sample;

}  // namespace

DamageExtent asked_extent() {
    return extent;
}

}  // namespace meshline::test

int main(int count, char** arguments) {
    testing::InitGoogleTest(&count, arguments);
    if (count > 1 && std::string_view(arguments[1]) == "complete")
        meshline::test::extent = meshline::test::DamageExtent::complete;
    return RUN_ALL_TESTS();
}
