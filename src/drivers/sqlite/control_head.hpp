#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"

#include <optional>
#include <string>

namespace meshline {

/// The file beside the control store that says how far its audit tree had come, so that an older
/// copy in its place, or one that lost its last acts, is told. One line of text of a fixed length:
///   meshline control 1 00000000000000000042 <root> <checksum>\n
/// It is written after every act with one call, itself unsynced: a killed process leaves it right,
/// a power cut may leave an older one.

/// "control.head" for "control.sqlite".
std::string head_file_of(const std::string& control_path);

/// Nothing where it was never written. Errors control.corrupt, control.failed.
Result<std::optional<ControlStore::AuditHead>> read_control_head(const std::string& path);
/// Errors control.disk_full, control.failed.
Result<void> write_control_head(const std::string& path, const ControlStore::AuditHead& head);

}  // namespace meshline
