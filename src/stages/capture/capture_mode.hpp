#pragma once

#include <cstdint>

namespace meshline {

/// Whether a capture is written, or only looked at before it is.
enum class CaptureMode : std::uint8_t { write, preview };

}  // namespace meshline
