// Goal: references that share a token are one customer, transitively, in whatever order they come.
// Method: small cases, and shuffles of generated links.
#include "stages/enrich/customers.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>

namespace meshline {
namespace {

std::map<std::string, std::string> linked(std::vector<CustomerLink> links) {
    std::map<std::string, std::string> groups;
    for (const auto& [reference, group] : link_customers(std::move(links))) {
        groups[reference.source + "/" + reference.customer_ref] = group;
    }
    return groups;
}

TEST(Customers, a_shared_email_links_across_sources) {
    const auto groups = linked({{{"shop", "1"}, "a@x.test"}, {{"crm", "77"}, "a@x.test"}});
    EXPECT_EQ(groups.at("shop/1"), "crm/77");
    EXPECT_EQ(groups.at("crm/77"), "crm/77");
}

TEST(Customers, links_reach_through_a_third_reference) {
    const auto groups = linked({{{"shop", "1"}, "a@x.test"},
                                {{"crm", "77"}, "a@x.test"},
                                {{"crm", "77"}, "b@x.test"},
                                {{"web", "z"}, "b@x.test"}});
    EXPECT_EQ(groups.at("web/z"), "crm/77");
    EXPECT_EQ(groups.at("shop/1"), "crm/77");
}

TEST(Customers, nothing_shared_means_nobody_linked) {
    const auto groups =
        linked({{{"shop", "1"}, ""}, {{"shop", "2"}, ""}, {{"shop", "3"}, "c@x.test"}});
    EXPECT_EQ(groups.size(), 3U);
    for (const auto& [reference, group] : groups)
        EXPECT_EQ(reference, group);
}

TEST(Customers, groups_do_not_depend_on_the_order_of_links) {
    EXPECT_TRUE(rc::check("shuffled links give the same groups", [] {
        const auto numbers = *rc::gen::container<std::vector<std::pair<int, int>>>(
            rc::gen::pair(rc::gen::inRange(0, 12), rc::gen::inRange(0, 8)));
        std::vector<CustomerLink> links;
        for (const auto& [reference, token] : numbers) {
            links.push_back({{"s", std::to_string(reference)}, "t" + std::to_string(token)});
        }
        auto shuffled = links;
        std::reverse(shuffled.begin(), shuffled.end());
        RC_ASSERT(linked(links) == linked(shuffled));
    }));
}

}  // namespace
}  // namespace meshline
