// Goal: references resolve as RFC 3986 says.
// Method: the examples of its section 5.4.
#include "base/jsonschema/uri.hpp"

#include <gtest/gtest.h>
#include <utility>

namespace meshline {
namespace {

TEST(Uri, resolves_as_the_standard_says) {
    const std::pair<const char*, const char*> cases[] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"./g/.", "http://a/b/c/g/"},
        {"g;x=1/../y", "http://a/b/c/y"},
    };
    for (const auto& [reference, expected] : cases)
        EXPECT_EQ(resolve_uri("http://a/b/c/d;p?q", reference), expected) << reference;
    EXPECT_EQ(resolve_uri("", "#/a"), "#/a");
    EXPECT_EQ(resolve_uri("urn:uuid:1", "#a"), "urn:uuid:1#a");
    EXPECT_EQ(percent_decoded("a%22%7e%zz"), "a\"~%zz");
}

}  // namespace
}  // namespace meshline
