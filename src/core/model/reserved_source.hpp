#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// The source in which each client's log holds what people and captures decide. No system of a
/// client bears its name.
inline constexpr std::string_view reserved_source = "meshline";
/// Its stream about captures.
inline constexpr std::string_view captures_stream = "captures";

/// A stream of a client.
struct StreamName {
    std::string source;
    std::string stream;
};

/// The event that says that a stream is connected: a capture named it and found no record. Its
/// object is "shop/orders", its id and its payload say the same, so that there is one per stream
/// however often that happens.
struct ConnectedEvent {
    std::string event_id;
    std::string object_id;
    std::string payload;
};
ConnectedEvent connected_event(const StreamName& name);
/// What an event of the captures stream connects; nothing for any other.
std::optional<StreamName> connected_stream(std::string_view event_id, std::string_view object_id);

}  // namespace meshline
