#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/file.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// How the log was left. Enumerators equal their stored text.
enum class Ending : std::uint8_t { opened, closed };

/// What a partition's "head" file says: the last position that was acknowledged. Two lines of text
/// of a fixed length, written in turn, each with one call:
///   meshline head 1 00000000000000000042 <root> closed <checksum>\n
/// A write that is torn spoils the line that is older. The file is written after every sync, itself
/// unsynced: a killed process leaves it right, a power cut may leave an older one. Closing syncs
/// it.
struct HeadMark {
    LogHead head;
    Ending ending = Ending::opened;
};

inline constexpr std::size_t head_line_bytes = 126;

struct HeadLines {
    std::optional<HeadMark> mark;  ///< Of the line that was written last.
    std::size_t next_line = 0;     ///< Which of the two is to be written next.
    bool is_any_spoilt = false;    ///< Told apart from one that was never written.
};

std::string encode_head(const HeadMark& mark);
/// No mark where no line was ever written as a whole, or a power cut left zeros. Error log.corrupt
/// where there are lines and none is good.
Result<HeadLines> decode_head(std::string_view text);

/// One line of a partition's "seals" file: a segment that was found good, and the stamp it then
/// had. Segments that still have it are not read in full again when the log is opened.
struct Seal {
    Position first_position = 0;
    FileStamp stamp;
};

std::string encode_seals(const std::vector<Seal>& seals);
/// No seals when the text is not as it was written: they only save work.
std::vector<Seal> decode_seals(const std::string& text);

}  // namespace meshline
