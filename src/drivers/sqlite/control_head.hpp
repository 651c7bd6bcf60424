#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"

#include <optional>
#include <string>

namespace meshline {

/// The file beside the control store that says how far its audit tree had come, so that an older
/// copy in its place, or one that lost its last acts, is told. Two lines of text of a fixed length,
/// written in turn after every act, each with one call:
///   meshline control 1 00000000000000000007 00000000000000000042 <root> <checksum>\n
/// The one with the greater turn, its first number, counts: the tree itself may be smaller once a
/// loss was accepted. A write that is torn spoils the line that is older. The file is
/// unsynced: a killed process leaves it right, a power cut may leave an older one.

/// "control.head" for "control.sqlite".
std::string head_file_of(const std::string& control_path);

/// Nothing where no line was ever written as a whole, or a power cut left zeros. Errors
/// control.corrupt where there are lines and none is good, control.failed.
Result<std::optional<ControlStore::AuditHead>> read_control_head(const std::string& path);
/// In the place of the line that is older, or spoilt. Errors control.disk_full, control.failed.
Result<void> write_control_head(const std::string& path, const ControlStore::AuditHead& head);

}  // namespace meshline
