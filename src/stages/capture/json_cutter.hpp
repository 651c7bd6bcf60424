#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Cuts a text of JSON into its records, one value after another: the elements of an array, what an
/// envelope holds ({"orders": [...]} or {"order": {...}}, of which there may be several), any other
/// value. Cuts by brackets and quotes alone, so that a broken record hides none of those after it.
/// Every byte is cut out but white space, the punctuation around records, and what an envelope says
/// beside them (a count, the next page), where that is JSON.
class JsonCutter {
  public:
    struct Piece {
        std::string_view bytes;
        const char* problem = "";  ///< Why it can be no record; empty where that is to be seen.
    };

    /// `envelopes` are the stream's. Both outlive the cutter.
    JsonCutter(std::string_view text, const std::vector<std::string>& envelopes)
        : text_(text), envelopes_(&envelopes) {}

    /// False at the end of the text.
    bool next(Piece& piece);

  private:
    bool next_element(Piece& piece);
    bool next_member(Piece& piece);
    bool next_value(Piece& piece);
    void take(std::size_t end, Piece& piece);
    void take_cut_short(const char* problem, Piece& piece);

    std::string_view text_;
    const std::vector<std::string>* envelopes_;
    std::size_t at_ = 0;
    bool is_in_envelope_ = false;
    bool is_in_array_ = false;  ///< Of the envelope, where there is one.
};

/// Whether a line holds records and is none: an array, or an envelope. Most lines are records; they
/// cost next to nothing.
bool is_wrapped(std::string_view line, const std::vector<std::string>& envelopes);

}  // namespace meshline
