// Goal: digests are SHA-256 as the world computes it, and their text reads back.
// Method: known answers of FIPS 180-4, pieces against the whole, hex round trips and refusals.
#include "base/hash/digest.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr std::string_view digest_of_nothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view digest_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, gives_the_known_answers) {
    EXPECT_EQ(sha256("").hex(), digest_of_nothing);
    EXPECT_EQ(sha256("abc").hex(), digest_of_abc);
    EXPECT_EQ(sha256(std::string(1'000'000, 'a')).hex(),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, pieces_hash_like_the_whole_at_every_cut) {
    const std::string text(150, 'x');
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Sha256 hash;
        hash.update(std::string_view(text).substr(0, cut));
        hash.update(std::string_view(text).substr(cut));
        EXPECT_EQ(hash.finish(), sha256(text)) << cut;
    }
}

TEST(Sha256, starts_afresh_after_finish) {
    Sha256 hash;
    hash.update("something");
    EXPECT_NE(hash.finish().hex(), digest_of_nothing);
    EXPECT_EQ(hash.finish().hex(), digest_of_nothing);
    hash.update("abc");
    EXPECT_EQ(hash.finish().hex(), digest_of_abc);
}

TEST(Digest, text_reads_back_in_either_case) {
    const Digest digest = sha256("abc");
    EXPECT_EQ(*digest_from_hex(digest.hex()), digest);
    EXPECT_EQ(*digest_from_hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"),
              digest);
    EXPECT_EQ(digest.brief(), "ba7816bf8f01");
    EXPECT_EQ(digest.view().size(), 32u);
    EXPECT_EQ(static_cast<unsigned char>(digest.view()[0]), 0xba);
}

TEST(Digest, refuses_what_is_not_64_hex_digits) {
    const std::string good(digest_of_abc);
    EXPECT_EQ(digest_from_hex("").error().code, "hash.bad_digest");
    EXPECT_EQ(digest_from_hex(good.substr(1)).error().code, "hash.bad_digest");
    EXPECT_EQ(digest_from_hex(good + "0").error().code, "hash.bad_digest");
    EXPECT_EQ(digest_from_hex(good.substr(0, 63) + "g").error().code, "hash.bad_digest");
    EXPECT_EQ(digest_from_hex(" " + good.substr(1)).error().code, "hash.bad_digest");
}

TEST(Digest, only_the_default_is_zero) {
    EXPECT_TRUE(Digest{}.is_zero());
    EXPECT_FALSE(sha256("").is_zero());
    Digest last;
    last.bytes[31] = 1;
    EXPECT_FALSE(last.is_zero());
}

}  // namespace
}  // namespace meshline
