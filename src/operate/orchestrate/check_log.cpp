#include "operate/orchestrate/check_log.hpp"

#include <fmt/format.h>

namespace meshline {

Result<void> check_log(ControlStore& control, EventLog& log, const ClientId& client) {
    MESHLINE_ASSIGN(const auto known, control.known_log(client));
    if (!known) return {};
    MESHLINE_ASSIGN(const LogHead head, log.head(client));
    if (head.position == known->position && head.root == known->root) return {};
    if (head.position > known->position) {
        MESHLINE_ASSIGN(const Digest root, log.root_at(client, known->position));
        if (root == known->root) return {};
    }
    const std::string has =
        head.position < known->position
            ? fmt::format("it has {} events, {} are known", head.position, known->position)
            : fmt::format("its first {} events are others than those that are known",
                          known->position);
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "run.other_log",
        .message = fmt::format("the event log of \"{}\" is not the one that was worked with: {}",
                               client.text(), has),
        .hint = "Restore the log folder of this client from a copy."};
}

}  // namespace meshline
