// Goal: the rules on C++ hold, refuse, and know their edge.
// Method: made-up files, each with the violations that it must give.
#include "tidy/cpp_text.hpp"
#include "tidy/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string lines(int count) {
    std::string text;
    for (int at = 0; at < count; ++at)
        text += "    x();\n";
    return text;
}

TEST(CppText, comments_and_literals_are_told_apart) {
    const CppText text = take_apart("a(\"b//c\"); // d \"e\"\nf('\"', 1'000); /* g\n */ h");
    EXPECT_EQ(text.code, "a(\"    \");         \nf(' ', 1'000);     \n    h");
    EXPECT_EQ(text.literals, "a(\"b//c\");         \nf('\"', 1'000);     \n    h");
    EXPECT_EQ(text.comments, "           // d \"e\"\n               /* g\n */  ");
}

TEST(CppText, raw_and_escaped_literals_end_where_they_end) {
    EXPECT_EQ(take_apart("f(R\"x(a\")\" b)x\");g").code, "f(R\"          \");g");
    EXPECT_EQ(take_apart("f(\"a\\\"b\");g").code, "f(\"    \");g");
}

TEST(Size, line_of_a_hundred_columns_passes) {
    const std::string hundred = "// " + std::string(97, 'x');
    EXPECT_THAT(found_in("src/a.cpp", hundred + "\n"), IsEmpty());
    EXPECT_THAT(found_in("src/a.cpp", "\n" + hundred + "y\n"), ElementsAre("columns@2"));
    EXPECT_THAT(found_in("docs/a.md", hundred + "y\n"), IsEmpty());
}

TEST(Size, column_is_a_character_not_a_byte) {
    std::string text = "// ";
    for (int at = 0; at < 97; ++at)
        text += "\u00e9";
    EXPECT_THAT(found_in("src/a.cpp", text + "\n"), IsEmpty());
}

TEST(Size, headers_sources_and_tests_have_their_lengths) {
    const auto blank = [](int count) { return std::string(static_cast<std::size_t>(count), '\n'); };
    EXPECT_THAT(found_in("src/a.hpp", "#pragma once\n" + blank(149)), IsEmpty());
    EXPECT_THAT(found_in("src/a.hpp", "#pragma once\n" + blank(150)), ElementsAre("lines@0"));
    EXPECT_THAT(found_in("src/a.cpp", blank(400)), IsEmpty());
    EXPECT_THAT(found_in("src/a.cpp", blank(401)), ElementsAre("lines@0"));
    EXPECT_THAT(found_in("tests/x/a.cpp", blank(600)), IsEmpty());
    EXPECT_THAT(found_in("tests/x/a.cpp", blank(601)), ElementsAre("lines@0"));
}

TEST(FunctionSize, seventy_lines_pass) {
    EXPECT_THAT(found_in("src/a.cpp", "void f() {\n" + lines(68) + "}\n"), IsEmpty());
    EXPECT_THAT(found_in("src/a.cpp", "\n\nvoid f() {\n" + lines(69) + "}\n"),
                ElementsAre("function@3"));
}

TEST(FunctionSize, every_way_to_write_a_function_is_measured) {
    for (const char* head : {
             "namespace n { class C : public B { public: void f() const override {",
             "namespace n { struct C { C() : a_{1}, b_(2), c_{} {",
             "namespace n { struct S { template <class T> auto f(T t = {}) noexcept -> int {",
             "namespace n { namespace { bool operator==(const A& a, const B& b) {",
             "namespace n { namespace { TEST(Suite, name) {",
             "namespace n { namespace { void f(const std::function<int()>& g = [] { return 1; }) {",
         }) {
        EXPECT_THAT(found_in("src/a.cpp", head + ("\n" + lines(70)) + "}}}\n"),
                    ElementsAre("function@1"))
            << head;
    }
}

TEST(FunctionSize, tables_types_and_namespaces_may_be_longer) {
    for (const char* head :
         {"namespace n {", "struct S {", "const Row rows[] = {", "enum class E {",
          "const std::map<int, int (*)(int)> m = {", "class A : B<int(int)> {"}) {
        EXPECT_THAT(found_in("src/a.cpp", head + ("\n" + lines(70)) + "};\n"), IsEmpty()) << head;
    }
}

TEST(FunctionSize, braces_in_texts_and_directives_do_not_count) {
    EXPECT_THAT(found_in("src/a.cpp",
                         "#define X f() { \\\n {\nconst char* a = \"{ f() {\";\n// {\n"
                         "void f() {\n" +
                             lines(60) + "}\nvoid g() {\n" + lines(60) + "}\n"),
                IsEmpty());
}

TEST(Includes, header_begins_with_pragma_once) {
    EXPECT_THAT(found_in("src/a.hpp", "// Why.\n#pragma once\n"), IsEmpty());
    EXPECT_THAT(found_in("src/a.hpp", "#include <string>\n#pragma once\n"),
                ElementsAre("pragma_once@1"));
    EXPECT_THAT(found_in("src/a.hpp", ""), ElementsAre("pragma_once@1"));
}

TEST(Includes, paths_start_at_src) {
    const SourceFile header{"src/base/a/a.hpp", "#pragma once\n"};
    const SourceFile readme{"src/base/a/README.md", "a\n"};
    const SourceFile build{"src/base/a/CMakeLists.txt", "b.cpp a.cpp\n"};
    const auto with = [&](const std::string& path, const std::string& text) {
        return found_in_all({{header, readme, build, {path, text}}});
    };
    EXPECT_THAT(with("src/base/a/b.cpp", "#include \"base/a/a.hpp\"\n"), IsEmpty());
    EXPECT_THAT(with("src/base/a/b.cpp", "// #include \"a.hpp\"\n"), IsEmpty());
    EXPECT_THAT(with("src/base/a/b.cpp", "#include \"a.hpp\"\n"),
                ElementsAre("src/base/a/b.cpp: include_path"));
    EXPECT_THAT(with("src/base/a/b.cpp", "#include \"../a/a.hpp\"\n"),
                ElementsAre("src/base/a/b.cpp: include_path"));
    EXPECT_THAT(with("tests/x/x.cpp", "#include \"base/a/a.hpp\"\n"), IsEmpty());
}

TEST(Includes, own_header_comes_first) {
    const SourceFile own{"tests/x/a.hpp", "#pragma once\n"};
    const SourceFile other{"tests/x/b.hpp", "#pragma once\n"};
    const auto with = [&](const std::string& text) {
        return found_in_all({{own, other, {"tests/x/a.cpp", text}}});
    };
    EXPECT_THAT(with("#include \"x/a.hpp\"\n\n#include \"x/b.hpp\"\n"), IsEmpty());
    EXPECT_THAT(with("#include \"x/b.hpp\"\n#include \"x/a.hpp\"\n"),
                ElementsAre("tests/x/a.cpp: own_header"));
    EXPECT_THAT(with(""), ElementsAre("tests/x/a.cpp: own_header"));
}

TEST(Words, outside_world_and_floats_are_refused_in_src) {
    for (const char* use :
         {"double x;", "float x;", "auto t = std::chrono::system_clock::now();", "std::time(&t);",
          "time(nullptr);", "int r = rand();", "std::getenv(n);", "std::this_thread::sleep_for(s);",
          "std::regex r;", "using namespace std;", "std::random_device d;"}) {
        EXPECT_THAT(found_in("src/a.cpp", std::string("\n") + use + "\n"), ElementsAre("banned@2"))
            << use;
    }
}

TEST(Words, other_words_that_look_alike_pass) {
    for (const char* use : {"double_quoted x;", "int as_float;", "// a double\n", "f(\"double\");",
                            "operand(x);", "runtime(x);", "resampled.time(x);"}) {
        EXPECT_THAT(found_in("src/a.cpp", std::string(use) + "\n"), IsEmpty()) << use;
    }
}

TEST(Words, texts_are_cut_by_the_helper_alone) {
    for (const char* use : {"f(text.substr(0, 80));", "auto s = text.substr(0, letters_max);",
                            "text.substr(0, shown::quoted_size_max)"}) {
        EXPECT_THAT(found_in("src/a.cpp", std::string(use) + "\n"), ElementsAre("cut@1")) << use;
        EXPECT_THAT(found_in("src/base/text/utf8.cpp", std::string(use) + "\n"), IsEmpty());
    }
    for (const char* use : {"text.substr(0, 10);", "text.substr(0, end);", "text.substr(8, 80);",
                            "line.substr(0, kept_bytes_max);"}) {
        EXPECT_THAT(found_in("src/a.cpp", std::string(use) + "\n"), IsEmpty()) << use;
    }
}

TEST(Words, measuring_tools_may_measure_time_and_ratios_but_not_sleep) {
    EXPECT_THAT(found_in("bench/a.cpp", "double s = f(steady_clock::now());\n"), IsEmpty());
    EXPECT_THAT(found_in("bench/a.cpp", "sleep_for(s);\n"), ElementsAre("banned@1"));
}

TEST(Words, reason_beside_it_excuses_one_use) {
    EXPECT_THAT(found_in("src/a.cpp", "// tidy: the library's type\ndouble x;\n"), IsEmpty());
    EXPECT_THAT(found_in("src/a.cpp", "double x;  // tidy: the library's type\n"), IsEmpty());
    EXPECT_THAT(found_in("src/a.cpp", "double x;  // tidy: because\n"), ElementsAre("banned@1"));
    EXPECT_THAT(found_in("src/a.cpp", "// tidy: the library's type\ndouble x;\ndouble y;\n"),
                ElementsAre("banned@3"));
}

TEST(Words, driver_of_the_clock_is_exempt_and_no_one_else) {
    const char* use = "auto t = std::chrono::system_clock::now();\n";
    EXPECT_THAT(found_in("src/drivers/files/system_clock.cpp", use), IsEmpty());
    EXPECT_THAT(found_in("src/drivers/files/other.cpp", use), ElementsAre("banned@1"));
}

TEST(Errors, code_message_and_hint_have_their_form) {
    EXPECT_THAT(found_in("src/a.cpp",
                         "Error{.code = \"money.overflow\", .message = \"too much\",\n"
                         "      .hint = \"Take less.\"};\n"),
                IsEmpty());
    for (const char* code :
         {"overflow", "money.Overflow", "money.over flow", ".x", "x.", "a.b.c"}) {
        EXPECT_THAT(found_in("src/a.cpp", "Error{.code = \"" + std::string(code) + "\"};\n"),
                    ElementsAre("error@1"))
            << code;
    }
    for (const char* bad :
         {".message = \"Too much\"", ".message = \"too much.\"", ".message = \"too\\nmuch\"",
          ".hint = \"take less.\"", ".hint = \"Take less\""}) {
        EXPECT_THAT(found_in("src/a.cpp", "Error{" + std::string(bad) + "};\n"),
                    ElementsAre("error@1"))
            << bad;
    }
}

TEST(Errors, names_and_joined_texts_pass) {
    for (const char* good :
         {".message = \"JSON ends early\"", ".message = \"no \" + x", ".hint = \"Take \" + x",
          ".hint = \"meshline check lists them.\"", ".hint = \"\"", ".code = code",
          ".message = \"the file ends with \\\"\" + end + \".\""}) {
        EXPECT_THAT(found_in("src/a.cpp", "Error{" + std::string(good) + "};\n"), IsEmpty())
            << good;
    }
}

}  // namespace
}  // namespace meshline::tidy
