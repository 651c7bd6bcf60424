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

/// What became of the exceptions of a client and a stage when they followed new findings.
struct SyncCounts {
    std::int64_t opened = 0;
    std::int64_t reopened = 0;
    std::int64_t closed = 0;
    std::int64_t still_open = 0;
};

/// Where there are open exceptions.
struct ExceptionHome {
    ClientId client;
    std::string stage;
};

}  // namespace meshline
