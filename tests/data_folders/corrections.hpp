#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshline::test {

/// A difference that is meant: it has a name, which the guide to upgrading explains.
struct Correction {
    std::string name;
    std::string before;  ///< A line then, "*" for any word of it; "-": there was none.
    std::string after;   ///< The line now.
};

/// One per line, "name | before | after"; lines that begin with # are for people.
std::vector<Correction> read_corrections(std::string_view text);

/// Whether the line says this, word by word; a "*" at the end stands for all words that are left.
bool is_like(std::string_view pattern, std::string_view line);

/// Lines of what an earlier version said and of what this one says, told apart by their first
/// `key_words` words: what differs and is no correction, as "- then" and "+ now".
std::vector<std::string> unexplained(std::string_view then, std::string_view now, int key_words,
                                     const std::vector<Correction>& corrections);

}  // namespace meshline::test
