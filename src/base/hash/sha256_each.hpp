#pragma once

#include "base/hash/digest.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace meshline {

/// sha256() of each text, in their order; made for many. A step of SHA-256 waits for the one
/// before it, so the processor's SHA instructions stand idle half the time on one text: where it
/// has them, two texts go side by side, in little more time than one.
std::vector<Digest> sha256_each(std::span<const std::string_view> texts);

}  // namespace meshline
