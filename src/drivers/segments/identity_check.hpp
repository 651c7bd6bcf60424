#pragma once

#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/identity_index.hpp"
#include "drivers/segments/segment.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// An event as the index knows it.
struct Identity {
    IdentityKey key;
    Digest payload_digest;
};

/// Holds the index of identities against the events of its log: one that it does not hold would be
/// stored twice, one that it holds beside them would never be stored.
class IdentityCheck {
  public:
    explicit IdentityCheck(std::string path) : path_(std::move(path)) {}

    /// Opens the index, where there is one, of the log that the segments hold.
    Result<void> open(const ClientId& client, std::span<const Segment> segments,
                      const LogHead& head, std::uint64_t memory_bytes_max);

    /// Whether there is anything to hold against events from this position on.
    bool is_wanted(Position position) const {
        return identities_ && !fault_ && position <= identities_->saved_at().position;
    }
    /// Takes the events from `first` on, those of one block. What is wrong with the index is kept
    /// for finish(), for the log itself matters more. Error log.corrupt, with the client's name and
    /// the place, where the log holds an event at an earlier position too.
    Result<void> check(const ClientId& client, const BlockLocation& block, Position first,
                       const std::vector<Identity>& events);
    /// What is wrong with the index, if anything, after all events.
    std::optional<Error> finish();

  private:
    void note(std::string_view what) { fault_ = index_damage(path_, 0, what); }

    const std::string path_;
    std::unique_ptr<IdentityIndex> identities_;
    std::optional<Error> fault_;
};

}  // namespace meshline
