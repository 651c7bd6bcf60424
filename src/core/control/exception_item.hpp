#pragma once

#include "base/time/instant.hpp"
#include "core/model/finding.hpp"
#include "core/model/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace meshline {

enum class ExceptionStatus : std::uint8_t { open, closed };

/// A finding with a life: opened when first seen, closed by the run that no longer finds it, opened
/// again when it comes back.
struct ExceptionItem {
    ExceptionId id;  ///< First 12 hex digits of SHA-256(client, type, key).
    ClientId client;
    std::string stage;
    ExceptionStatus status = ExceptionStatus::open;
    Finding finding;
    Instant opened_at;
    std::optional<Instant> closed_at;
    int times_opened = 1;
};

struct ExceptionFilter {
    std::optional<ClientId> client;
    std::optional<std::string> type;
    std::optional<std::string> owner;
    bool is_closed_too = false;
    /// What they claim is asked for where it is summed.
    bool has_claims = false;
};

}  // namespace meshline
