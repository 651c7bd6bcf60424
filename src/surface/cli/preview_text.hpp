#pragma once

#include "stages/capture/preview.hpp"

#include <string>

namespace meshline {

/// What a capture would bring, for programs and for people.
std::string preview_json(const std::string& client, const std::string& stream,
                         const CapturePreview& preview);
std::string preview_text(const CapturePreview& preview);

}  // namespace meshline
