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
            if (text.size() <= text_bytes_max) continue;
            return Error{.kind = ErrorKind::invalid,
                         .code = "log.text_too_long",
                         .message = fmt::format("an id of {} bytes is longer than {} bytes",
                                                text.size(), text_bytes_max),
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
    const std::lock_guard lock(mutex_);
    MESHLINE_ASSIGN(std::vector<Appended> appended, decide(drafts, hashed, ticket));
    if (turn) turn->finish();
    return appended;
}

std::vector<Partition::Hashed> Partition::hash(std::span<const EventDraft> drafts) const {
    std::vector<Hashed> hashed;
    hashed.reserve(drafts.size());
    for (const EventDraft& draft : drafts) {
        hashed.push_back({.key = identity_key(draft.source, draft.stream, draft.event_id),
                          .payload_digest = sha256(draft.payload)});
    }
    return hashed;
}

Result<std::vector<Appended>> Partition::decide(std::span<const EventDraft> drafts,
                                                const std::vector<Hashed>& hashed,
                                                const std::shared_ptr<Ticket>& ticket) {
    std::vector<Appended> appended;
    if (drafts.empty()) return appended;
    if (failure_) return refusal();
    appended.reserve(drafts.size());
    ticket->records.reserve(drafts.size());
    ticket->first_position = position_given_ + 1;
    const Result<void> ready = ready_identities(drafts.size());
    if (!ready.ok()) {
        fail(ready.error());
        return ready.error();
    }
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        if (index + prefetch_distance < drafts.size()) {
            identities_->prefetch(hashed[index + prefetch_distance].key);
        }
        const Appended outcome =
            identities_->decide(hashed[index].key, hashed[index].payload_digest,
                                drafts[index].has_revisions, position_given_ + 1);
        appended.push_back(outcome);
        if (outcome.outcome == Outcome::duplicate) continue;
        ++position_given_;
        ticket->records.push_back({.draft = &drafts[index],
                                   .payload_digest = hashed[index].payload_digest,
                                   .outcome = outcome.outcome});
    }
    if (!ticket->records.empty()) queue_.push_back(ticket);
    return appended;
}

Result<void> Partition::ready_identities(std::uint64_t count) {
    if (!identities_) MESHLINE_TRY(fill_identities());
    is_changed_ = true;
    return identities_->make_room(count);
}

Result<void> Partition::fill_identities() {
    const std::string path = identity_path(folder_);
    MESHLINE_ASSIGN(identities_, IdentityIndex::open(path, head_));
    if (identities_) return {};
    MESHLINE_TRY(make_folders(folder_));
    MESHLINE_ASSIGN(std::unique_ptr<IdentityIndex> filled,
                    IdentityIndex::create(path, head_.position));
    BlockSource source(client_);
    Block block;
    for (Position next = 1; next <= head_.position; next = block.header().last_position() + 1) {
        MESHLINE_TRY(source.read(locate_block(segments_, next), BlockPart::metadata, block));
        for (const Event& event : block.events()) {
            const IdentityKey key = identity_key(event.source, event.stream, event.event_id);
            static_cast<void>(filled->decide(key, event.payload_digest, true, event.position));
        }
    }
    identities_ = std::move(filled);
    return {};
}

}  // namespace meshline
