#pragma once

#include <cstdint>
#include <string>

namespace meshline::test {

/// What happens at a call.
enum class FaultKind : std::uint8_t {
    none,            ///< Nothing: calls are counted.
    kill,            ///< The process is killed before it.
    torn_write,      ///< The process is killed when half of a write is done.
    power_cut,       ///< The process is killed, and nothing is left of what was not synced.
    power_flicker,   ///< The same, but a part of the unsynced writes is left, and zeros of others.
    bad_disk,        ///< It fails with EIO.
    full_disk,       ///< It and all later ones fail with ENOSPC.
    short_write,     ///< A write takes half of its bytes.
    late_power_cut,  ///< As power_cut, but when the command has ended well.
    late_power_flicker,  ///< As power_flicker, but when the command has ended well.
};

const char* name_of(FaultKind kind);

struct Fault {
    FaultKind kind = FaultKind::none;
    std::uint64_t call = 0;  ///< From 1 on; for late kinds the seed of what is left.
};

/// What the process that is forked tells, in memory that both share.
struct FaultReport {
    std::uint64_t calls = 0;
    char hit[200] = {};  ///< The call and the file that the fault met.
};

/// From here on calls that change what is below `folder` are counted, and the fault happens.
void arm_fault(const std::string& folder, const Fault& fault, FaultReport& report);
/// The command has ended well: what a late fault waits for.
void end_of_command();

}  // namespace meshline::test
