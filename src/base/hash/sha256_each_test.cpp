// Goal: texts hashed side by side get the digests that each has alone.
// Method: every length around the blocks' edges beside every other, from none to many, against
// sha256(), which is held to the known answers.
#include "base/hash/sha256_each.hpp"

#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

std::string text_of(std::size_t bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes; ++at)
        text.push_back(static_cast<char>((at * 131 + bytes * 7) & 0xff));
    return text;
}

void expect_digests_of(const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const std::vector<Digest> digests = sha256_each(views);
    ASSERT_EQ(digests.size(), texts.size());
    for (std::size_t index = 0; index < texts.size(); ++index)
        EXPECT_EQ(digests[index], sha256(texts[index])) << texts[index].size() << " bytes";
}

TEST(Sha256Each, of_nothing_is_nothing) {
    expect_digests_of({});
}

TEST(Sha256Each, one_alone_and_an_odd_one_at_the_end_have_no_partner) {
    expect_digests_of({"abc"});
    expect_digests_of({text_of(5000)});
    expect_digests_of({"", "abc", text_of(1000)});
}

TEST(Sha256Each, every_length_beside_every_other) {
    for (std::size_t length = 0; length <= 130; ++length) {
        for (std::size_t other = 0; other <= 130; ++other)
            expect_digests_of({text_of(length), text_of(other)});
    }
}

TEST(Sha256Each, a_long_text_goes_beside_many_short_ones) {
    std::vector<std::string> texts = {text_of(100'000)};
    for (std::size_t length = 0; length < 300; ++length)
        texts.push_back(text_of(length));
    texts.push_back(text_of(70'001));
    expect_digests_of(texts);
}

}  // namespace
}  // namespace meshline
