#pragma once

#include "base/result/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// What a definition that cannot be used is; `file` is one that lies where nothing reads it, and
/// may have been meant as anything.
enum class LeftOutKind : std::uint8_t {
    client,
    metric,
    check,
    reconciliation,
    attribution,
    report,
    file,
};

std::string_view name_of(LeftOutKind kind);

/// A definition that has problems, or stands on one that has. What does not depend on it goes on.
struct LeftOut {
    LeftOutKind kind = LeftOutKind::file;
    std::string name;  ///< Of a file its path.
    std::string file;
    /// The first problem, in its own file or in what it stands on.
    Error why;
    /// The clients that it can concern; empty: all of them.
    std::vector<std::string> clients;

    /// Whether it may have kept wrong figures from being called verified.
    bool is_gate() const;
    bool concerns(std::string_view client) const;
};

}  // namespace meshline
