#include "core/model/reserved_source.hpp"

#include "base/json/json_writer.hpp"

namespace meshline {
namespace {

constexpr std::string_view connected_prefix = "connected/";

}  // namespace

ConnectedEvent connected_event(const StreamName& name) {
    ConnectedEvent event;
    event.object_id = name.source + "/" + name.stream;
    event.event_id = std::string(connected_prefix) + event.object_id;
    JsonWriter writer;
    writer.begin_object().member("connected", event.object_id).end_object();
    event.payload = writer.take();
    return event;
}

std::optional<StreamName> connected_stream(std::string_view event_id, std::string_view object_id) {
    const std::size_t slash = object_id.find('/');
    if (!event_id.starts_with(connected_prefix) || slash == std::string_view::npos)
        return std::nullopt;
    return StreamName{std::string(object_id.substr(0, slash)),
                      std::string(object_id.substr(slash + 1))};
}

}  // namespace meshline
