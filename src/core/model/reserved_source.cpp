#include "core/model/reserved_source.hpp"

namespace meshline {
namespace {

constexpr std::string_view connected_prefix = "connected/";

}  // namespace

std::optional<StreamName> connected_stream(std::string_view event_id, std::string_view object_id) {
    const std::size_t slash = object_id.find('/');
    if (!event_id.starts_with(connected_prefix) || slash == std::string_view::npos)
        return std::nullopt;
    return StreamName{std::string(object_id.substr(0, slash)),
                      std::string(object_id.substr(slash + 1))};
}

}  // namespace meshline
