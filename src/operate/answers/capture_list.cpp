#include "operate/answers/capture_list.hpp"

#include "core/stage/client_captures.hpp"

namespace meshline {
namespace {

CaptureState state_of(const Capture& capture) {
    if (capture.is_retracted) return CaptureState::retracted;
    return capture.closed ? CaptureState::standing : CaptureState::unfinished;
}

}  // namespace

std::string_view name_of(CaptureState state) {
    switch (state) {
        case CaptureState::standing:
            return "standing";
        case CaptureState::retracted:
            return "retracted";
        case CaptureState::unfinished:
            return "unfinished";
    }
    return "";
}

std::string target_of(const Retraction& retraction) {
    if (!retraction.capture.empty()) return "capture " + retraction.capture;
    if (!retraction.retraction.empty()) return "retraction " + retraction.retraction;
    return "positions " + retraction.positions.text();
}

Result<CaptureList> list_captures(EventLog& log, ControlStore& control, const ClientId& client) {
    MESHLINE_ASSIGN(const LogHead head, log.head(client));
    MESHLINE_ASSIGN(const CaptureHistory history, captures_of(log, control, client, head));
    CaptureList list;
    for (const Capture& capture : history.captures())
        list.captures.push_back({capture, state_of(capture), history.brought_by(capture)});
    list.retractions = history.retractions();
    return list;
}

}  // namespace meshline
