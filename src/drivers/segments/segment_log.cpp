#include "drivers/segments/segment_log.hpp"

#include "drivers/segments/folder.hpp"
#include "drivers/segments/partition.hpp"
#include "drivers/segments/segment.hpp"
#include "drivers/segments/segment_cursor.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

/// Blocks beyond this would not pass the limits that reading holds them to.
constexpr std::uint64_t block_bytes_limit = 1 << 20;

SegmentOptions within_limits(SegmentOptions options) {
    options.block_bytes_max = std::min(options.block_bytes_max, block_bytes_limit);
    return options;
}

/// Runs what may run out of memory and turns that into an error.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& thrown) {
        return Error{.kind = ErrorKind::exhausted,
                     .code = "log.read_failed",
                     .message = fmt::format("cannot read the event log: {}", thrown.what()),
                     .hint = "Free memory, then run the command again."};
    }
}

}  // namespace

SegmentLog::SegmentLog(std::string folder, const SegmentOptions& options)
    : folder_(std::move(folder)), options_(within_limits(options)) {}

SegmentLog::~SegmentLog() = default;

Result<std::unique_ptr<SegmentLog>> SegmentLog::open(const std::string& folder,
                                                     const SegmentOptions& options) {
    if (options.access == LogAccess::writing) MESHLINE_TRY(make_folders(folder));
    return std::unique_ptr<SegmentLog>(new SegmentLog(folder, options));
}

Result<Partition*> SegmentLog::partition(const ClientId& client) {
    if (!is_name(client.text())) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "log.bad_client",
                     .message = fmt::format("\"{}\" is no name of a client", client.text()),
                     .hint = "A name has a-z, 0-9 and _, a letter first, 64 characters at most."};
    }
    Entry* entry = nullptr;
    {
        const std::lock_guard lock(mutex_);
        std::unique_ptr<Entry>& slot = entries_[client];
        if (!slot) slot = std::make_unique<Entry>();
        entry = slot.get();
    }
    const std::lock_guard lock(entry->opening);
    if (!entry->partition) {
        MESHLINE_ASSIGN(entry->partition,
                        Partition::open(client, folder_ + "/" + client.text(), options_));
    }
    return entry->partition.get();
}

Result<std::vector<Appended>> SegmentLog::append(const ClientId& client,
                                                 std::span<const EventDraft> drafts) {
    MESHLINE_ASSIGN(Partition* const found, guarded([&] { return partition(client); }));
    return found->append(drafts);
}

Result<std::vector<Appended>> SegmentLog::append(const ClientId& client,
                                                 std::span<const EventDraft> drafts, Turn turn) {
    MESHLINE_ASSIGN(Partition* const found, guarded([&] { return partition(client); }));
    return found->append(drafts, std::move(turn));
}

Result<std::vector<Appended>> SegmentLog::look_up(const ClientId& client,
                                                  std::span<const EventDraft> drafts) {
    return guarded([&]() -> Result<std::vector<Appended>> {
        MESHLINE_ASSIGN(Partition* const found, partition(client));
        return found->look_up(drafts);
    });
}

void SegmentLog::rest(const ClientId& client) {
    const auto found = guarded([&] { return partition(client); });
    if (found.ok()) (*found)->rest();
}

Result<std::unique_ptr<EventCursor>> SegmentLog::read(const ClientId& client, Position from,
                                                      Position to) {
    return guarded([&]() -> Result<std::unique_ptr<EventCursor>> {
        MESHLINE_ASSIGN(const Partition* const found, partition(client));
        return std::unique_ptr<EventCursor>(std::make_unique<SegmentCursor>(*found, from, to));
    });
}

Result<LogHead> SegmentLog::head(const ClientId& client) {
    return guarded([&]() -> Result<LogHead> {
        MESHLINE_ASSIGN(const Partition* const found, partition(client));
        return found->head();
    });
}

Result<Digest> SegmentLog::root_at(const ClientId& client, Position position) {
    return guarded([&]() -> Result<Digest> {
        MESHLINE_ASSIGN(const Partition* const found, partition(client));
        return found->root_at(position);
    });
}

Result<std::vector<ClientId>> SegmentLog::clients() {
    return guarded([&]() -> Result<std::vector<ClientId>> {
        std::vector<ClientId> clients;
        MESHLINE_ASSIGN(const std::vector<std::string> names, list_folder(folder_));
        for (const std::string& name : names) {
            if (!is_name(name)) continue;
            // Names alone: a damaged partition is refused when it is used, not when it is counted.
            MESHLINE_ASSIGN(const std::vector<std::string> files,
                            list_folder(folder_ + "/" + name));
            const bool has_segment = std::ranges::any_of(
                files, [](const std::string& file) { return segment_position(file).has_value(); });
            if (has_segment) clients.emplace_back(name);
        }
        return clients;
    });
}

Result<LogHead> SegmentLog::verify(const ClientId& client, const VerifyProgress& progress) {
    return guarded([&]() -> Result<LogHead> {
        MESHLINE_ASSIGN(const Partition* const found, partition(client));
        return found->verify(progress);
    });
}

Result<std::uint64_t> SegmentLog::removed_bytes(const ClientId& client) {
    MESHLINE_ASSIGN(const Partition* const found, partition(client));
    return found->removed_bytes();
}

}  // namespace meshline
