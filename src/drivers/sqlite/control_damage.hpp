#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// What the control store's file holds is not what was written: control.corrupt, at the file.
Error control_corrupt(const std::string& file, std::string message);

/// Error control.corrupt where the bytes that are stored under `digest` have another.
Result<void> check_digest(const std::string& file, std::string_view bytes, const Digest& digest);
/// For bytes that something stored refers to, and that are not there.
Error missing_bytes(const std::string& file, const Digest& digest);

}  // namespace meshline
