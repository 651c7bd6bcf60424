#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// How the log was left. Enumerators equal their stored text.
enum class Ending : std::uint8_t { opened, closed };

/// What a partition's "head" file says: the last position that was acknowledged. One line of text
/// of a fixed length, so that it is written with one call and never in part:
///   meshline head 1 00000000000000000042 <root> closed <checksum>\n
/// It is written after every sync, itself unsynced: a killed process leaves it right, a power cut
/// may leave an older one. Closing syncs it.
struct HeadMark {
    LogHead head;
    Ending ending = Ending::opened;
};

std::string encode_head(const HeadMark& mark);
/// Nothing when `text` is empty (never written) or all zeros (a power cut). Error log.corrupt.
Result<std::optional<HeadMark>> decode_head(const std::string& text);

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
