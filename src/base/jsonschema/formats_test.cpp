// Goal: every format takes what its RFC allows and nothing else.
// Method: a table of good and bad texts by format.
#include "base/jsonschema/formats.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

struct Case {
    const char* format;
    std::vector<const char*> good;
    std::vector<const char*> bad;
};

TEST(Formats, take_what_is_of_them_and_nothing_else) {
    const std::vector<Case> cases = {
        {"date",
         {"2024-02-29", "1963-06-19"},
         {"2023-02-29", "1963-6-19", "19630619", "1963-06-১৯"}},
        {"time",
         {"08:30:06Z", "23:59:60Z", "08:30:06.283185Z", "15:59:60-08:00"},
         {"24:00:00Z", "22:59:60Z", "08:30:06", "08:30:06.Z", "08:30:06+24:00", "8:30:06Z"}},
        {"date-time",
         {"1963-06-19T08:30:06Z", "1963-06-19t08:30:06.28+01:00"},
         {"1963-06-19 08:30:06Z", "1990-02-31T15:59:59Z", "1963-06-19T08:30:06"}},
        {"duration",
         {"P4DT12H30M5S", "P4Y", "PT0S", "P2W"},
         {"P", "PT", "P1Y2W", "P2D1Y", "4DT1H"}},
        {"email",
         {"joe@example.com", "te~st@example.com", "\"a b\"@example.com", "a@[127.0.0.1]"},
         {"2962", ".a@b.c", "a..b@c.d", "a@b@c", "a b@c.d", "a@[1.2.3.444]"}},
        {"idn-email", {"실례@실례.테스트", "joe@example.com"}, {"2962", "@실례"}},
        {"hostname", {"www.example.com", "a-b.c", "1host"}, {"-a", "a-", "a_b", "a..b", "", "a."}},
        {"idn-hostname",
         {"실례.테스트", "example.com", "faß.de"},
         {"〮실례", "-a", "", "a\u0301\u0001"}},
        {"ipv4", {"192.168.0.1"}, {"127.0.0", "256.1.1.1", "01.2.3.4", "1.2.3.4.5", "0x7f.1.1.1"}},
        {"ipv6",
         {"::1", "::ffff:192.168.0.1", "1:2:3:4:5:6:7:8"},
         {"12345::", "1:2:3", "::1%eth0", ":1"}},
        {"uri",
         {"http://foo.bar/?q=%40#x", "urn:isbn:1", "mailto:a@b.c", "ldap://[2001:db8::7]/c?d?e",
          "a:"},
         {"//foo.bar", "/a", "http:// a", "http://[::z]/", ":// x", "bar,\\baz", "http://a/%zz"}},
        {"uri-reference",
         {"/a?b#c", "#frag", "", "../x", "//a/b", "http://a"},
         {"\\\\win", "#a\\b", "a b"}},
        {"iri", {"http://ƒøø.ßår/?∂éœ", "http://a"}, {"/abc", "http://[::z]/∂"}},
        {"iri-reference", {"âππ", "#ƒräg", "/∂"}, {"\\\\win", "a\u0001"}},
        {"uuid",
         {"2EB8AA08-aa98-11ea-b4aa-73b441d16380"},
         {"2eb8aa08-aa98-11ea-b4aa-73b441d1638", "x"}},
        {"uri-template",
         {"http://a/{term:1}/{term}", "a{+x*}", "{?a,b}"},
         {"a{b", "a}b", "{a b}", "{:1}"}},
        {"json-pointer", {"", "/a~0/b~1", "/"}, {"a", "/~", "/~2"}},
        {"relative-json-pointer", {"0", "1/a", "2#"}, {"/a", "01", "-1", "0##"}},
        {"regex", {"([abc])+\\s+$", "(?=a)"}, {"^(abc]", "\\a"}},
    };
    for (const Case& one : cases) {
        const auto format = format_of_name(one.format);
        ASSERT_TRUE(format.has_value()) << one.format;
        EXPECT_EQ(name_of(*format), one.format);
        for (const char* text : one.good)
            EXPECT_TRUE(is_of_format(*format, text)) << one.format << ": " << text;
        for (const char* text : one.bad)
            EXPECT_FALSE(is_of_format(*format, text)) << one.format << ": " << text;
    }
    EXPECT_FALSE(format_of_name("colour").has_value());
}

}  // namespace
}  // namespace meshline
