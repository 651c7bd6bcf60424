#include "base/hash/sha256_each.hpp"
#include "base/result/check.hpp"
#include "drivers/segments/folder.hpp"
#include "drivers/segments/partition.hpp"
#include "drivers/segments/partition_files.hpp"
#include "drivers/segments/read_block.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

/// How many drafts ahead the index is asked to fetch a slot: about what one memory access takes.
constexpr std::size_t prefetch_distance = 8;

Result<void> check_limits(std::span<const EventDraft> drafts) {
    for (const EventDraft& draft : drafts) {
        if (draft.payload.size() > payload_bytes_max) {
            return Error{.kind = ErrorKind::invalid,
                         .code = "log.payload_too_large",
                         .message = fmt::format("an event of {} bytes is larger than {} bytes",
                                                draft.payload.size(), payload_bytes_max),
                         .hint = "Split the record, or leave attachments out of it."};
        }
        for (const std::string_view text :
             {draft.source, draft.stream, draft.event_id, draft.object_id}) {
            if (text.size() <= id_bytes_max) continue;
            return Error{.kind = ErrorKind::invalid,
                         .code = "log.text_too_long",
                         .message = fmt::format("an id of {} bytes is longer than {} bytes",
                                                text.size(), id_bytes_max),
                         .hint = "Choose a shorter field as the event's id."};
        }
    }
    return {};
}

Error unexpected(const std::exception& thrown) {
    return Error{.kind = ErrorKind::exhausted,
                 .code = "log.write_failed",
                 .message = fmt::format("cannot pack events: {}", thrown.what()),
                 .hint = "Free memory, then run the command again."};
}

Error out_of_turn(const ClientId& client) {
    return Error{.kind = ErrorKind::unavailable,
                 .code = "log.out_of_turn",
                 .message = fmt::format("events before these did not come into the log of \"{}\"",
                                        client.text()),
                 .hint = "Append again what was not acknowledged."};
}

}  // namespace

Result<std::vector<Appended>> Partition::append(std::span<const EventDraft> drafts,
                                                std::optional<Turn> turn) {
    MESHLINE_CHECK(options_.access == LogAccess::writing);
    MESHLINE_TRY(check_limits(drafts));
    try {
        return append_within_limits(drafts, turn);
    } catch (const std::exception& thrown) {
        // Positions may have been given out that will never be filled: nothing can follow them.
        const std::lock_guard lock(mutex_);
        fail(unexpected(thrown));
        return *failure_;
    }
}

Result<std::vector<Appended>> Partition::append_within_limits(std::span<const EventDraft> drafts,
                                                              std::optional<Turn>& turn) {
    const std::vector<Hashed> hashed = hash(drafts);
    const auto ticket = std::make_shared<Ticket>();
    MESHLINE_ASSIGN(std::vector<Appended> appended, decide_in_turn(drafts, hashed, ticket, turn));
    if (appended.empty()) return appended;
    // A duplicate is acknowledged when the event that it repeats is durable, which another thread
    // may still be writing.
    const Position until = std::ranges::max_element(appended, {}, &Appended::position)->position;
    std::vector<PackedBlock> blocks =
        pack_blocks(client_, ticket->first_position, ticket->records, options_.block_bytes_max,
                    options_.compression_level);
    std::unique_lock lock(mutex_);
    ticket->blocks = std::move(blocks);
    ticket->is_packed = true;
    MESHLINE_TRY(commit(lock, until));
    return appended;
}

Result<std::vector<Appended>> Partition::decide_in_turn(std::span<const EventDraft> drafts,
                                                        const std::vector<Hashed>& hashed,
                                                        const std::shared_ptr<Ticket>& ticket,
                                                        std::optional<Turn>& turn) {
    if (turn && !turn->wait()) return out_of_turn(client_);
    std::unique_lock lock(mutex_);
    if (drafts.empty()) {
        if (turn) turn->finish();
        return std::vector<Appended>();
    }
    if (failure_) return refusal();
    auto appended = decide(lock, drafts, hashed, *ticket);
    if (!appended.ok() && is_index_damage(appended.error())) {
        // What was decided by it is dropped, also what of these drafts was entered already.
        is_index_distrusted_ = true;
        identities_.reset();
        *ticket = Ticket();
        appended = decide(lock, drafts, hashed, *ticket);
    }
    if (!appended.ok()) {
        fail(appended.error());
        return appended;
    }
    if (!ticket->records.empty()) {
        position_given_ = ticket->first_position + ticket->records.size() - 1;
        queue_.push_back(ticket);
    }
    if (turn) turn->finish();
    return appended;
}

std::vector<Partition::Hashed> Partition::hash(std::span<const EventDraft> drafts) const {
    std::vector<std::string_view> payloads;
    payloads.reserve(drafts.size());
    for (const EventDraft& draft : drafts)
        payloads.push_back(draft.payload);
    const std::vector<Digest> digests = sha256_each(payloads);
    std::vector<Hashed> hashed;
    hashed.reserve(drafts.size());
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        const EventDraft& draft = drafts[index];
        hashed.push_back({.key = identity_key(draft.source, draft.stream, draft.event_id),
                          .payload_digest = digests[index]});
    }
    return hashed;
}

/// Gives the drafts their outcomes, and positions that follow the last given one.
Result<std::vector<Appended>> Partition::decide(std::unique_lock<std::mutex>& lock,
                                                std::span<const EventDraft> drafts,
                                                const std::vector<Hashed>& hashed, Ticket& ticket) {
    MESHLINE_TRY(ready_identities(lock, drafts.size()));
    std::vector<Appended> appended;
    appended.reserve(drafts.size());
    ticket.records.reserve(drafts.size());
    ticket.first_position = position_given_ + 1;
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        if (index + prefetch_distance < drafts.size()) {
            identities_->prefetch(hashed[index + prefetch_distance].key);
        }
        MESHLINE_ASSIGN(const Appended outcome,
                        identities_->decide(hashed[index].key, hashed[index].payload_digest,
                                            drafts[index].has_revisions,
                                            ticket.first_position + ticket.records.size()));
        appended.push_back(outcome);
        if (outcome.outcome == Outcome::duplicate) continue;
        ticket.records.push_back({.draft = &drafts[index],
                                  .payload_digest = hashed[index].payload_digest,
                                  .outcome = outcome.outcome});
    }
    return appended;
}

Result<std::vector<Appended>> Partition::look_up(std::span<const EventDraft> drafts) {
    MESHLINE_TRY(check_limits(drafts));
    const std::vector<Hashed> hashed = hash(drafts);
    std::unique_lock lock(mutex_);
    if (failure_) return refusal();
    // A log of nothing makes no files for being asked.
    if (position_given_ == 0)
        return std::vector<Appended>(drafts.size(), Appended{Outcome::added, 1});
    auto found = look_up(lock, drafts, hashed);
    if (found.ok() || !is_index_damage(found.error())) return found;
    is_index_distrusted_ = true;
    identities_.reset();
    return look_up(lock, drafts, hashed);
}

Result<std::vector<Appended>> Partition::look_up(std::unique_lock<std::mutex>& lock,
                                                 std::span<const EventDraft> drafts,
                                                 const std::vector<Hashed>& hashed) {
    if (!identities_) MESHLINE_TRY(fill_identities(lock));
    std::vector<Appended> found;
    found.reserve(drafts.size());
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        MESHLINE_ASSIGN(const Appended outcome,
                        identities_->look_up(hashed[index].key, hashed[index].payload_digest,
                                             drafts[index].has_revisions, position_given_ + 1));
        found.push_back(outcome);
    }
    return found;
}

Result<void> Partition::ready_identities(std::unique_lock<std::mutex>& lock, std::uint64_t count) {
    if (!identities_) MESHLINE_TRY(fill_identities(lock));
    is_changed_ = true;
    return identities_->make_room(count);
}

/// The index as it was saved, with the events that came after, else one made from all events.
Result<void> Partition::fill_identities(std::unique_lock<std::mutex>& lock) {
    // It is filled from what is stored: that must be all that was given a position.
    while (!identities_ && head_.position < position_given_)
        MESHLINE_TRY(commit(lock, position_given_));
    if (identities_) return {};
    if (!is_index_distrusted_) {
        auto saved = saved_identities();
        if (saved.ok() && *saved) {
            identities_ = std::move(saved).value();
            return {};
        }
        if (!saved.ok() && !is_index_damage(saved.error())) return saved.error();
    }
    MESHLINE_ASSIGN(auto made, new_identities());
    MESHLINE_TRY(enter_events(*made, 1));
    identities_ = std::move(made);
    is_index_distrusted_ = false;
    return {};
}

/// Without events yet. Where nothing may be written to the folder, in a file without a name.
Result<std::unique_ptr<IdentityIndex>> Partition::new_identities() const {
    if (options_.access == LogAccess::writing) {
        MESHLINE_TRY(make_folders(folder_));
        return IdentityIndex::create(identity_path(folder_), head_.position,
                                     options_.identity_bytes_max);
    }
    MESHLINE_ASSIGN(const std::string path, make_temporary_file("meshline-index"));
    auto made = IdentityIndex::create(path, head_.position, options_.identity_bytes_max);
    MESHLINE_TRY(remove_file(path));
    return made;
}

/// Nothing where there is none, or only that of another log or of a longer one; where nothing may
/// be written, of a shorter one as well.
Result<std::unique_ptr<IdentityIndex>> Partition::saved_identities() const {
    const bool is_reading = options_.access == LogAccess::reading;
    MESHLINE_ASSIGN(auto saved, IdentityIndex::open(identity_path(folder_),
                                                    is_reading ? FileMode::read : FileMode::write,
                                                    options_.identity_bytes_max));
    if (!saved) return saved;
    const LogHead at = saved->saved_at();
    if (is_reading && at.position != head_.position) return std::unique_ptr<IdentityIndex>();
    MESHLINE_ASSIGN(const bool is_prefix, is_prefix_of(client_, segments_, head_, at));
    if (!is_prefix) return std::unique_ptr<IdentityIndex>();
    MESHLINE_TRY(enter_events(*saved, at.position + 1));
    return saved;
}

/// From that position to the end of the log, which is as long as what was given.
Result<void> Partition::enter_events(IdentityIndex& identities, Position from) const {
    BlockSource source(client_);
    Block block;
    for (Position next = from; next <= head_.position; next = block.header().last_position() + 1) {
        MESHLINE_TRY(source.read(locate_block(segments_, next), BlockPart::metadata, block));
        MESHLINE_TRY(identities.make_room(block.events().size()));
        for (const Event& event : block.events()) {
            if (event.position < next) continue;
            const IdentityKey key = identity_key(event.source, event.stream, event.event_id);
            MESHLINE_TRY(identities.decide(key, event.payload_digest, true, event.position));
        }
    }
    return {};
}

}  // namespace meshline
