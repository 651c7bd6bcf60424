#pragma once

#include "base/money/money.hpp"
#include "base/result/result.hpp"
#include "base/time/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// One file as a platform would export it, captured at `received_at`.
struct DemoDelivery {
    Instant received_at;
    std::string client;
    std::string source;
    std::string stream;
    std::string file_name;
    std::string text;  ///< NDJSON, a JSON envelope or CSV.
};

/// Deliveries in the order in which they are captured; the path runs once for all clients after
/// the last of them.
struct DemoRound {
    std::vector<DemoDelivery> deliveries;
};

struct DemoWorkspaceFile {
    std::string path;  ///< Relative to the workspace.
    std::string text;
};

/// One exception that must be open after the last round.
struct ExpectedException {
    std::string type;  ///< Of exception_type_names.
    /// The reconciliation, check, attribution model, metric that moved most, or source/stream.
    std::string definition;
    std::string reason;  ///< Of break_reasons for a break; empty otherwise.
    /// What it is about: an order, payment or payout id, a campaign, a place in a record, or a
    /// business date as "2026-02-24".
    std::string subject;
    std::optional<Money> at_risk;
};

/// A thing that was made wrong on purpose, and everything that must be reported because of it.
struct PlantedFault {
    std::string name;
    std::string client;
    std::string sentence;
    std::vector<ExpectedException> expected;
};

/// An agency's three shops over ninety days: what to capture and when, the workspace to capture it
/// with, and the key: after the last round the open exceptions are those of `faults`, no other.
struct Demo {
    BusinessDate from;
    BusinessDate to;
    std::vector<DemoWorkspaceFile> workspace;
    std::vector<DemoRound> rounds;
    std::vector<PlantedFault> faults;
};

inline constexpr std::uint64_t demo_seed = 20260331;

/// The same seed gives the same bytes on every machine: no clock, no library's random numbers, no
/// floating point. Errors: those of the zones and the money it is made from.
Result<Demo> generate_demo(std::uint64_t seed);

}  // namespace meshline
