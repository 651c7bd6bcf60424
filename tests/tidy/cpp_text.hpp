#pragma once

#include <string>
#include <string_view>

namespace meshline::tidy {

/// A C++ text seen three ways. All have the same length and line breaks as the text itself, so an
/// offset in one is an offset in all.
struct CppText {
    std::string code;      ///< Comments and the contents of literals are spaces.
    std::string literals;  ///< Comments are spaces.
    std::string comments;  ///< All but comments are spaces.
};

CppText take_apart(std::string_view text);

}  // namespace meshline::tidy
