#pragma once

#include "core/captures/capture_history.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Whether what a capture brought counts. Enumerators equal their texts.
enum class CaptureState : std::uint8_t { standing, retracted, unfinished };
std::string_view name_of(CaptureState state);

struct ListedCapture {
    Capture capture;
    CaptureState state = CaptureState::standing;
    PositionSet brought;  ///< Of an unfinished one what came until the next opening.
};

/// What of a client was captured and what was taken back, in order, as its whole log has it.
struct CaptureList {
    std::vector<ListedCapture> captures;
    std::vector<RetractionAct> retractions;
};

/// Error captures.not_readable.
Result<CaptureList> list_captures(EventLog& log, ControlStore& control, const ClientId& client);

/// "capture 3f...", "retraction 9a...", "positions 4-9".
std::string target_of(const Retraction& retraction);

/// {"captures": [...], "retractions": [...]}; of an unfinished capture no counts.
std::string capture_list_json(const CaptureList& list);

}  // namespace meshline
