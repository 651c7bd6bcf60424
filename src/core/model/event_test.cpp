// Goal: the leaf of an event never changes its form and says every field.
// Method: one leaf byte for byte, and a change of each field in turn.
#include "core/model/event.hpp"

#include "base/merkle/merkle.hpp"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

Event order() {
    return {.position = 7,
            .source = "shop",
            .stream = "orders",
            .event_id = "1001:3",
            .object_id = "1001",
            .occurred_at = {1'772'357'400'000'000},
            .received_at = {1'772'357'401'500'000},
            .outcome = Outcome::revision,
            .verdict = Verdict::kept,
            .contract_digest = sha256("contract"),
            .payload_digest = sha256("{}"),
            .payload = "{}"};
}

std::string leaf_of(const Event& event, const std::string& client = "acme") {
    std::string leaf = "left over from the last call";
    encode_leaf(ClientId(client), event, leaf);
    return leaf;
}

TEST(EncodeLeaf, is_the_documented_text) {
    EXPECT_EQ(leaf_of(order()),
              "meshline event 1\n"
              "\"acme\"\n\"shop\"\n\"orders\"\n\"1001:3\"\n\"1001\"\n"
              "1772357400000000\n1772357401500000\n"
              "\"revision\"\n\"kept\"\n"
              "cc8321d6375c494d043fdd0260f21bc0ec51dacc9f6abb7f909cdcd3041b78bf\n"
              "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n");
}

TEST(EncodeLeaf, changes_with_every_field) {
    const std::vector<std::function<void(Event&)>> changes = {
        [](Event& event) { event.source = "shop2"; },
        [](Event& event) { event.stream = "refunds"; },
        [](Event& event) { event.event_id = "1001:4"; },
        [](Event& event) { event.object_id = "1002"; },
        [](Event& event) { ++event.occurred_at.micros; },
        [](Event& event) { --event.received_at.micros; },
        [](Event& event) { event.outcome = Outcome::conflict; },
        [](Event& event) { event.verdict = Verdict::broken; },
        [](Event& event) { event.contract_digest.bytes[31] ^= 1; },
        [](Event& event) { event.payload_digest.bytes[0] ^= 1; }};
    const std::string before = leaf_of(order());
    for (std::size_t index = 0; index < changes.size(); ++index) {
        Event changed = order();
        changes[index](changed);
        EXPECT_NE(leaf_of(changed), before) << index;
    }
    EXPECT_NE(leaf_of(order(), "acme2"), before);
}

TEST(EncodeLeaf, the_payload_counts_by_its_digest_and_the_position_by_its_place) {
    Event event = order();
    event.payload = "the bytes were read elsewhere";
    event.position = 8;
    EXPECT_EQ(leaf_of(event), leaf_of(order()));
}

TEST(EncodeLeaf, no_text_can_pass_for_two) {
    Event joined = order();
    joined.event_id = "1\"\n\"2";
    joined.object_id = "3";
    Event apart = order();
    apart.event_id = "1";
    apart.object_id = "2\"\n\"3";
    EXPECT_NE(leaf_of(joined), leaf_of(apart));
    EXPECT_EQ(std::ranges::count(leaf_of(joined), '\n'), 12);
}

}  // namespace
}  // namespace meshline
