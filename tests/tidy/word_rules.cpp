#include "tidy/cpp_text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace meshline::tidy {

namespace {

enum class Where { everywhere, in_src };

struct BannedWord {
    std::string_view word;
    Where where;
    std::string_view instead;
};

constexpr std::array banned_words = {
    BannedWord{"using namespace", Where::everywhere, "name what you use"},
    BannedWord{"std::regex", Where::everywhere, "it crashes on long input; use RE2"},
    BannedWord{"sleep_for", Where::everywhere, "wait for what you wait for"},
    BannedWord{"sleep_until", Where::everywhere, "wait for what you wait for"},
    BannedWord{"usleep(", Where::everywhere, "wait for what you wait for"},
    BannedWord{"rand(", Where::everywhere, "take a seeded generator"},
    BannedWord{"srand(", Where::everywhere, "take a seeded generator"},
    BannedWord{"random_device", Where::everywhere, "take a seeded generator"},
    BannedWord{"system_clock::now", Where::in_src, "take the port Clock"},
    BannedWord{"steady_clock::now", Where::in_src, "take the port Clock"},
    BannedWord{"clock_gettime", Where::in_src, "take the port Clock"},
    BannedWord{"gettimeofday", Where::in_src, "take the port Clock"},
    BannedWord{"time(nullptr)", Where::in_src, "take the port Clock"},
    BannedWord{"time(NULL)", Where::in_src, "take the port Clock"},
    BannedWord{"time(&", Where::in_src, "take the port Clock"},
    BannedWord{"getenv", Where::in_src, "let main pass it in"},
    BannedWord{"float", Where::in_src, "no float reaches a figure; take Decimal"},
    BannedWord{"double", Where::in_src, "no float reaches a figure; take Decimal"},
};

/// A comment "tidy: why" on the line of `offset` or above it.
bool is_excused(const std::string& comments, std::size_t offset) {
    const std::size_t line_start = comments.rfind('\n', offset) + 1;
    const std::size_t start = line_start < 2 ? 0 : comments.rfind('\n', line_start - 2) + 1;
    const std::size_t end = std::min(comments.find('\n', offset), comments.size());
    const std::string_view lines = std::string_view(comments).substr(start, end - start);
    const std::size_t mark = lines.find("// tidy: ");
    if (mark == std::string_view::npos) return false;
    // A word is no reason.
    return lines.find(' ', mark + 9) != std::string_view::npos;
}

bool is_exempt(const SourceFile& file, std::string_view word) {
    return std::ranges::any_of(word_exemptions(), [&](const Exemption& exemption) {
        return exemption.path == file.path && exemption.word == word;
    });
}

/// "80", "letters_max": how texts are cut for people. Dates and codes are shorter, and bytes that
/// are kept as they came are nobody's to read.
bool is_cut_of_text(std::string_view size) {
    constexpr std::size_t cut_min = 30;
    const bool is_number = !size.empty() && std::ranges::all_of(size, [](char letter) {
        return std::isdigit(static_cast<unsigned char>(letter)) != 0;
    });
    if (is_number) return size.size() > 2 || std::stoul(std::string(size)) >= cut_min;
    return size.ends_with("_max") && !size.ends_with("kept_bytes_max");
}

void check_cuts(const SourceFile& file, const CppText& text, std::vector<Violation>& found) {
    constexpr std::string_view cut = "substr(0, ";
    if (!file.is_under("src") || file.is_test() || file.is_under("src/base/text")) return;
    for (std::size_t at = text.code.find(cut); at != std::string::npos;
         at = text.code.find(cut, at + 1)) {
        const std::size_t begin = at + cut.size();
        const std::size_t end = text.code.find(')', begin);
        if (!is_cut_of_text(std::string_view(text.code).substr(begin, end - begin))) continue;
        if (is_excused(text.comments, at)) continue;
        found.push_back({file.path, line_at(file.text, at), "cut",
                         "bytes are no characters: take shortened() of base/text"});
    }
}

}  // namespace

const std::vector<Exemption>& word_exemptions() {
    static const std::vector<Exemption> exemptions = {
        {"src/drivers/files/system_clock.cpp", "system_clock::now", "it is the clock's driver"},
        {"src/drivers/files/system_clock_test.cpp", "time(nullptr)",
         "it holds the driver against the system's clock"},
    };
    return exemptions;
}

// Words that bring the outside world, floats or surprises in. One use may be excused by a comment
// "tidy: why" beside it; a driver by the list above.
void check_words(const SourceFile& file, std::vector<Violation>& found) {
    const CppText text = take_apart(file.text);
    check_cuts(file, text, found);
    for (const BannedWord& banned : banned_words) {
        if (banned.where == Where::in_src && !file.is_under("src")) continue;
        if (is_exempt(file, banned.word)) continue;
        for (const std::size_t at : find_word(text.code, banned.word)) {
            if (is_excused(text.comments, at)) continue;
            found.push_back(
                {file.path, line_at(file.text, at), "banned",
                 "\"" + std::string(banned.word) + "\": " + std::string(banned.instead)});
        }
    }
}

}  // namespace meshline::tidy
