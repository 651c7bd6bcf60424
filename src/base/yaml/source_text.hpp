#pragma once

#include "base/result/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The text of a YAML file with the places of its lines: turns byte offsets into places and finds
/// what yaml-cpp overlooks. Refers to the caller's text; used
/// by one thread at a time.
class SourceText {
  public:
    SourceText(std::string_view text, const std::string& file);

    /// Line and column (in characters) of a byte, both from 1.
    Place place_of(std::size_t offset) const;
    /// The byte at `offset`, or NUL behind the end.
    char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
    bool has_word_at(std::size_t offset, std::string_view word) const;
    /// Behind the closing quote of the quoted scalar at `offset`, or npos where there is none.
    std::size_t end_of_quoted(std::size_t offset) const;

    /// Tabs, control bytes, line ends without line feed, directives, invalid UTF-8, length.
    Result<void> check_bytes() const;

  private:
    /// Characters of a line up to an offset.
    struct Counted {
        std::size_t line_begin = 0;
        std::size_t offset = 0;
        int characters = 0;
    };

    std::string_view text_;
    const std::string& file_;
    std::vector<std::size_t> line_begins_;
    mutable Counted counted_;
};

}  // namespace meshline
