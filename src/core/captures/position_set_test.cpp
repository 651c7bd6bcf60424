// Goal: a set of ranges answers as the set of its positions does. Method: table cases for the
// edges, random sets of small numbers held against std::set.
#include "core/captures/position_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace meshline {
namespace {

using Plain = std::set<Position>;

PositionSet of(const Plain& plain) {
    PositionSet set;
    for (const Position position : plain)
        set.add(position);
    return set;
}

Plain plain(const PositionSet& set) {
    Plain positions;
    for (const PositionRange& range : set.ranges()) {
        for (Position position = range.first; position <= range.last; ++position)
            positions.insert(position);
    }
    return positions;
}

rc::Gen<Plain> positions() {
    return rc::gen::map(
        rc::gen::container<std::vector<Position>>(rc::gen::inRange<Position>(1, 25)),
        [](const std::vector<Position>& all) { return Plain(all.begin(), all.end()); });
}

TEST(PositionSet, adjacent_positions_are_one_range) {
    PositionSet set(4, 6);
    set.add(3);
    set.add(PositionRange{8, 9});
    EXPECT_EQ(set.text(), "3-6,8-9");
    set.add(7);
    EXPECT_EQ(set.text(), "3-9");
    set.add(PositionRange{1, 20});
    EXPECT_EQ(set.text(), "1-20");
    EXPECT_TRUE(PositionSet(5, 4).is_empty());
}

TEST(PositionSet, what_is_no_position_is_refused) {
    for (const char* text : {"0", "-", "1-", "-3", "4-2", "1,,2", "a", "1 ", "1-2-3", ",",
                             "18446744073709551615", "99999999999999999999"}) {
        const auto parsed = PositionSet::parse(text);
        ASSERT_FALSE(parsed.ok()) << text;
        EXPECT_EQ(parsed.error().code, "captures.bad_positions");
    }
}

RC_GTEST_PROP(PositionSet, answers_as_the_set_of_its_positions, ()) {
    const Plain a = *positions();
    const Plain b = *positions();
    const PositionSet set = of(a);
    const PositionSet other = of(b);
    Plain both = a;
    both.insert(b.begin(), b.end());
    Plain rest;
    Plain common;
    for (const Position position : a)
        (b.contains(position) ? common : rest).insert(position);
    PositionSet united = set;
    united.add(other);
    RC_ASSERT(plain(set) == a);
    RC_ASSERT(united == of(both));
    RC_ASSERT(set.without(other) == of(rest));
    RC_ASSERT(set.common_with(other) == of(common));
    RC_ASSERT(set.meets(other) == !common.empty());
    RC_ASSERT(set.size() == a.size());
    for (Position position = 0; position < 27; ++position)
        RC_ASSERT(set.contains(position) == a.contains(position));
    const auto parsed = PositionSet::parse(united.text());
    RC_ASSERT(parsed.ok());
    RC_ASSERT(*parsed == united);
}

}  // namespace
}  // namespace meshline
