#pragma once

#include "base/queue/turns.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/identity_index.hpp"
#include "drivers/segments/recovery.hpp"
#include "drivers/segments/segment.hpp"
#include "drivers/segments/segment_options.hpp"
#include "drivers/segments/tail_writer.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace meshline {

/// One client's log. Safe from several threads.
///
/// An append goes through four steps. Hashing needs no lock. Under the lock, the drafts get their
/// outcomes and positions and the append takes its place in the queue. Packing into blocks needs no
/// lock again. Then whoever finds the front of the queue packed leads: it writes all that is packed
/// in position order and syncs once for all of them, while the others wait.
class Partition {
  public:
    /// Errors as of recover_partition(). Makes no files; the first append does.
    static Result<std::unique_ptr<Partition>> open(const ClientId& client,
                                                   const std::string& folder,
                                                   const SegmentOptions& options);
    /// Leaves the files as those of a log that was closed, where it was changed and is well.
    ~Partition();

    /// Decides the drafts when their turn comes, where they have one.
    Result<std::vector<Appended>> append(std::span<const EventDraft> drafts,
                                         std::optional<Turn> turn = {});
    /// As of EventLog::look_up().
    Result<std::vector<Appended>> look_up(std::span<const EventDraft> drafts);
    /// As of EventLog::rest().
    void rest();
    LogHead head() const;
    Result<Digest> root_at(Position position) const;
    /// Where the block that holds a durable position lies.
    BlockLocation locate(Position position) const;
    Result<LogHead> verify(const VerifyProgress& progress) const;

    const ClientId& client() const { return client_; }
    /// Of a torn end that opening cut off.
    std::uint64_t removed_bytes() const { return removed_bytes_; }

  private:
    /// An append between getting its positions and being durable.
    struct Ticket {
        std::vector<Record> records;
        Position first_position = 0;
        std::vector<PackedBlock> blocks;
        bool is_packed = false;
    };
    struct Hashed {
        IdentityKey key;
        Digest payload_digest;
    };

    Partition(const ClientId& client, const std::string& folder, const SegmentOptions& options,
              Recovered recovered);

    Result<std::vector<Appended>> append_within_limits(std::span<const EventDraft> drafts,
                                                       std::optional<Turn>& turn);
    std::vector<Hashed> hash(std::span<const EventDraft> drafts) const;
    Result<std::vector<Appended>> decide_in_turn(std::span<const EventDraft> drafts,
                                                 const std::vector<Hashed>& hashed,
                                                 const std::shared_ptr<Ticket>& ticket,
                                                 std::optional<Turn>& turn);
    Result<std::vector<Appended>> decide(std::unique_lock<std::mutex>& lock,
                                         std::span<const EventDraft> drafts,
                                         const std::vector<Hashed>& hashed, Ticket& ticket);
    Result<std::vector<Appended>> look_up(std::unique_lock<std::mutex>& lock,
                                          std::span<const EventDraft> drafts,
                                          const std::vector<Hashed>& hashed);
    Result<void> ready_identities(std::unique_lock<std::mutex>& lock, std::uint64_t count);
    Result<void> fill_identities(std::unique_lock<std::mutex>& lock);
    Result<std::unique_ptr<IdentityIndex>> saved_identities() const;
    Result<std::unique_ptr<IdentityIndex>> new_identities() const;
    Result<void> enter_events(IdentityIndex& identities, Position from) const;
    Result<void> commit(std::unique_lock<std::mutex>& lock, Position until);
    void lead(std::unique_lock<std::mutex>& lock);
    void take_written(const std::vector<WrittenBlock>& written);
    void fail(Error error);
    Error refusal() const;
    void save_identities();
    void close();

    const ClientId client_;
    const std::string folder_;
    const SegmentOptions options_;
    const std::uint64_t removed_bytes_;

    mutable std::mutex mutex_;
    std::condition_variable written_;
    std::vector<Segment> segments_;
    LogHead head_;
    Position position_given_ = 0;  ///< The last that an append was given, durable or not.
    /// In position order. Shared: an append that fails leaves while another thread looks.
    std::deque<std::shared_ptr<Ticket>> queue_;
    bool is_led_ = false;
    bool is_changed_ = false;
    std::optional<Error> failure_;
    std::unique_ptr<IdentityIndex> identities_;
    bool is_index_distrusted_ = false;
    TailWriter writer_;  ///< Used by the thread that leads, without the lock.
};

}  // namespace meshline
