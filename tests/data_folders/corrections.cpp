#include "data_folders/corrections.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace meshline::test {
namespace {

constexpr std::string_view nothing = "-";

std::vector<std::string_view> words_of(std::string_view line, char separator) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t end = line.find(separator);
        words.push_back(line.substr(0, end));
        if (end == std::string_view::npos) return words;
        line.remove_prefix(end + 1);
    }
}

/// "name | then | now".
std::vector<std::string_view> parts_of(std::string_view line) {
    std::vector<std::string_view> parts = words_of(line, '|');
    for (std::string_view& part : parts) {
        while (part.starts_with(' '))
            part.remove_prefix(1);
        while (part.ends_with(' '))
            part.remove_suffix(1);
    }
    return parts;
}

/// Lines by their first words.
std::map<std::string, std::string> by_key(std::string_view text, int key_words) {
    std::map<std::string, std::string> lines;
    for (const std::string_view line : lines_of(text)) {
        std::string key;
        const auto words = words_of(line, ' ');
        const std::size_t count = std::min(words.size(), static_cast<std::size_t>(key_words));
        for (std::size_t word = 0; word < count; ++word)
            key += std::string(words[word]) + " ";
        lines.emplace(key, line);
    }
    return lines;
}

}  // namespace

std::vector<Correction> read_corrections(std::string_view text) {
    std::vector<Correction> corrections;
    for (const std::string_view line : lines_of(text)) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto parts = parts_of(line);
        if (parts.size() != 3) throw std::runtime_error("no correction: " + std::string(line));
        corrections.push_back(
            {std::string(parts[0]), std::string(parts[1]), std::string(parts[2])});
    }
    return corrections;
}

bool is_like(std::string_view pattern, std::string_view line) {
    const auto wanted = words_of(pattern, ' ');
    const auto words = words_of(line, ' ');
    const bool takes_rest = wanted.back() == "*" && words.size() >= wanted.size();
    if (words.size() != wanted.size() && !takes_rest) return false;
    for (std::size_t index = 0; index < wanted.size(); ++index) {
        if (wanted[index] != "*" && wanted[index] != words[index]) return false;
    }
    return true;
}

std::vector<std::string> unexplained(std::string_view then, std::string_view now, int key_words,
                                     const std::vector<Correction>& corrections) {
    const auto before = by_key(then, key_words);
    const auto after = by_key(now, key_words);
    const auto is_explained = [&](std::string_view old_line, std::string_view new_line) {
        return std::ranges::any_of(corrections, [&](const Correction& one) {
            return is_like(one.before, old_line) && is_like(one.after, new_line);
        });
    };
    std::vector<std::string> found;
    for (const auto& [key, line] : before) {
        const auto same = after.find(key);
        const std::string_view said =
            same == after.end() ? nothing : std::string_view(same->second);
        if (said == line || is_explained(line, said)) continue;
        found.push_back("- " + line);
        if (said != nothing) found.push_back("+ " + std::string(said));
    }
    for (const auto& [key, line] : after) {
        if (!before.contains(key) && !is_explained(nothing, line)) found.push_back("+ " + line);
    }
    return found;
}

}  // namespace meshline::test
