#include "tidy/cpp_text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <array>
#include <string>

namespace meshline::tidy {

namespace {

constexpr std::array asking_calls = {"quote_literal", "quote_identifier", ".query(",
                                     "->query(",      ".execute(",        "->execute("};

constexpr std::array statements = {"select ",      "insert into ", "delete from ", "create table ",
                                   "create view ", " group by ",   " order by "};

constexpr std::string_view warehouse_include = "#include \"core/warehouse/";

}  // namespace

// A surface parses, asks operate/answers and renders: no SQL, and nothing that sends any. What one
// surface asks by itself, the next would ask otherwise.
void check_surface(const SourceFile& file, std::vector<Violation>& found) {
    if (!file.is_under("src/surface") || !file.is_cpp()) return;
    const CppText text = take_apart(file.text);
    const auto report = [&](std::size_t at, std::string_view what) {
        found.push_back({file.path, line_at(file.text, at), "surface_sql",
                         "\"" + std::string(what) + "\" belongs to operate/answers"});
    };
    for (const std::string_view call : asking_calls) {
        for (const std::size_t at : find_word(text.code, call))
            report(at, call);
    }
    const auto report_in_literals = [&](std::string_view what) {
        for (std::size_t at = text.literals.find(what); at != std::string::npos;
             at = text.literals.find(what, at + 1)) {
            // What is the same in the code is no part of a literal.
            if (text.code.compare(at, what.size(), what) != 0) report(at, what);
        }
    };
    for (const std::string_view statement : statements)
        report_in_literals(statement);
    report_in_literals(warehouse_include);
}

}  // namespace meshline::tidy
