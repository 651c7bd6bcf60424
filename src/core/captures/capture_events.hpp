#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/captures/coverage.hpp"
#include "core/captures/position_set.hpp"
#include "core/model/ids.hpp"
#include "core/model/reserved_source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// What a capture says before its first record. The id is the first 12 hex digits of SHA-256 over
/// the client, the head of its log and the stream: there is one capture at a head.
struct CaptureOpened {
    std::string id;
    StreamName stream;
    /// What it is to cover, void as long as the closing event does not say what came of it.
    std::optional<Coverage> coverage = {};
};
std::string capture_id(const ClientId& client, Position head, const Digest& root,
                       const StreamName& stream);

/// A file that was read to its end.
struct CapturedFile {
    std::string name;
    std::uint64_t bytes = 0;
    Digest digest;  ///< SHA-256 of its bytes as they lie there.
    PositionSet brought;
    PositionSet found;  ///< What was there already.
};

/// How many records came to what.
struct CaptureCounts {
    std::int64_t records = 0;
    std::int64_t events = 0;
    std::int64_t duplicates = 0;
    std::int64_t revisions = 0;
    std::int64_t conflicts = 0;
    std::int64_t failed = 0;
};

/// What a capture says after its last record.
struct CaptureClosed {
    std::string id;
    /// What the records were identified and judged by: the same bytes under the same judgement are
    /// the same events.
    Digest judgement;
    CaptureCounts counts;
    std::vector<CapturedFile> files;
    /// Files that could not be read to their end: what they brought is brought all the same.
    std::vector<std::string> unread;
    PositionSet brought;  ///< Of all files.
    PositionSet found;
    std::optional<Coverage> coverage;
};

/// What is taken back: one of the three.
struct Retraction {
    std::string id;
    std::string capture;
    std::string retraction;
    PositionSet positions;
    std::string reason;
};

/// The payloads of the events, as JSON objects, and their ids. decode_*() return the error
/// captures.not_readable, of the kind corrupt, for what no encode_*() makes.
std::string encode(const CaptureOpened& opened);
std::string encode(const CaptureClosed& closed);
std::string encode(const Retraction& retraction);
std::string opening_event_id(std::string_view capture);
std::string closing_event_id(std::string_view capture);
bool is_opening(const ReservedEvent& event);
bool is_closing(const ReservedEvent& event);
bool is_retraction(const ReservedEvent& event);
Result<CaptureOpened> decode_opened(const ReservedEvent& event);
Result<CaptureClosed> decode_closed(const ReservedEvent& event);
Result<Retraction> decode_retraction(const ReservedEvent& event);

}  // namespace meshline
