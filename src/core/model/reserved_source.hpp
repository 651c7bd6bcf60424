#pragma once

#include "base/time/instant.hpp"
#include "core/model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// The source in which each client's log holds what people and captures decide. No system of a
/// client bears its name.
inline constexpr std::string_view reserved_source = "meshline";
/// Its stream about captures.
inline constexpr std::string_view captures_stream = "captures";
/// Its stream about what was taken back.
inline constexpr std::string_view retractions_stream = "retractions";

/// An event of the reserved source, as it lies in the log.
struct ReservedEvent {
    Position position = 0;
    std::string stream;
    std::string event_id;
    Instant received_at;
    std::string payload;
};

/// A stream of a client.
struct StreamName {
    std::string source;
    std::string stream;
};

/// What an event of the captures stream of before captures were kept connects: a capture that named
/// the stream had found no record. Its object is "shop/orders". Nothing for any other.
std::optional<StreamName> connected_stream(std::string_view event_id, std::string_view object_id);

}  // namespace meshline
