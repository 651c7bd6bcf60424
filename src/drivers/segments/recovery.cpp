#include "drivers/segments/recovery.hpp"

#include "drivers/segments/folder.hpp"
#include "drivers/segments/index_pages.hpp"
#include "drivers/segments/partition_files.hpp"
#include "drivers/segments/read_block.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

/// The steps of recovering one partition, with what they share.
class Recovery {
  public:
    Recovery(const ClientId& client, const std::string& folder, LogAccess access)
        : client_(client), folder_(folder), access_(access) {}

    Result<Recovered> run() {
        MESHLINE_ASSIGN(const std::string head_text, read_small_file(head_path(folder_)));
        Result<HeadLines> lines = decode_head(head_text);
        if (!lines.ok()) return std::move(lines).error().at({.file = head_path(folder_)});
        mark_ = lines->mark;
        found_.next_head_line = lines->next_line;
        if (mark_) acknowledged_ = mark_->head.position;
        found_.ending = mark_ ? mark_->ending : Ending::opened;
        // Closing writes the other line, in the place of the spoilt one.
        if (lines->is_any_spoilt) found_.ending = Ending::opened;

        MESHLINE_ASSIGN(const std::string seals_text, read_small_file(seals_path(folder_)));
        old_seals_ = decode_seals(seals_text);
        MESHLINE_ASSIGN(const std::vector<Position> starts, segment_starts());
        for (std::size_t index = 0; index < starts.size(); ++index) {
            MESHLINE_TRY(take_segment(starts[index], index + 1 == starts.size()));
        }
        if (!mark_) MESHLINE_TRY(check_index());
        MESHLINE_TRY(check_end());
        return std::move(found_);
    }

  private:
    Position last_position() const {
        return found_.segments.empty() ? 0 : found_.segments.back().last_position;
    }

    std::string path_of(Position start) const { return segment_path(folder_, start); }

    Result<std::vector<Position>> segment_starts() const {
        std::vector<Position> starts;
        MESHLINE_ASSIGN(const std::vector<std::string> names, list_folder(folder_));
        for (const std::string& name : names) {
            if (const auto position = segment_position(name)) starts.push_back(*position);
        }
        return starts;
    }

    Result<void> take_segment(Position start, bool is_last) {
        const std::string path = path_of(start);
        if (start != last_position() + 1) {
            return damage_error(client_, path, 0, last_position() + 1, start - 1,
                                "a segment file is missing before this one");
        }
        MESHLINE_ASSIGN(const FileStamp stamp, stamp_of(path));
        const auto seal = std::ranges::find(old_seals_, start,
                                            [](const Seal& old) { return old.first_position; });
        const bool is_sealed = seal != old_seals_.end() && seal->stamp == stamp;
        MESHLINE_ASSIGN(Scan scan,
                        scan_segment(path, client_, start,
                                     is_sealed ? ScanDepth::headers : ScanDepth::everything));
        acknowledged_ = std::max(acknowledged_, scan.acknowledged);
        if (scan.stop) {
            if (!is_last) return damage(scan, "");
            return cut_torn_end(std::move(scan));
        }
        // What was just read in full is as good as sealed. The last segment may have been extended
        // by a killed process and is sealed by the writer, once it is synced.
        if (is_sealed || !is_last) found_.seals.push_back({start, stamp});
        if (!is_sealed) found_.ending = Ending::opened;
        found_.segments.push_back(std::move(scan.segment));
        return {};
    }

    Error damage(const Scan& scan, const std::string& why_kept) const {
        const Position first = scan.segment.last_position + 1;
        const Position last = std::max(acknowledged_, first);
        const std::string reason = scan.stop->reason + why_kept;
        if (scan.stop->offset < segment_header_bytes) {
            return segment_header_error(client_, scan.segment, last, reason);
        }
        return block_error(client_,
                           {.path = scan.segment.path,
                            .first_position = first,
                            .last_position = last,
                            .offset = scan.stop->offset,
                            .end = scan.file_bytes},
                           reason);
    }

    /// The last segment ends badly. That is a write that never came to its end only where nothing
    /// of it was acknowledged.
    Result<void> cut_torn_end(Scan scan) {
        const Position first = scan.segment.last_position + 1;
        if (first <= acknowledged_) return damage(scan, "");
        // Before anything is cut off: without a head it is the index that may know of it.
        if (!mark_) {
            found_.segments.push_back(scan.segment);
            MESHLINE_TRY(check_index());
            found_.segments.pop_back();
        }
        MESHLINE_ASSIGN(const std::vector<BlockFound> after,
                        find_blocks_after(scan.segment.path, scan.stop->offset, first));
        Position known = 0;
        for (const BlockFound& block : after)
            known = std::max(known, block.acknowledged);
        // A power cut may keep a later block of an unfinished write and lose an earlier one. But a
        // block that was written when these positions were durable is proof that they were, and
        // without a head there is no telling.
        if (known >= first || (!after.empty() && !mark_)) {
            acknowledged_ = known;
            return damage(scan, fmt::format("; good data follows at byte {}", after[0].offset));
        }
        found_.removed_bytes += scan.file_bytes - scan.stop->offset;
        found_.ending = Ending::opened;
        if (access_ == LogAccess::writing) MESHLINE_TRY(cut_off(scan.segment));
        if (!scan.segment.blocks.empty()) found_.segments.push_back(std::move(scan.segment));
        return {};
    }

    /// Whatever lies behind the segment's last block.
    Result<void> cut_off(const Segment& segment) const {
        if (segment.blocks.empty()) {
            MESHLINE_TRY(remove_file(segment.path));
            return sync_folder(folder_);
        }
        MESHLINE_ASSIGN(File file, File::open(segment.path, FileMode::write));
        return file.truncate(segment.bytes);
    }

    /// An index is saved with durable events only. It is made again where it is damaged.
    Result<void> check_index() const {
        const std::string path = identity_path(folder_);
        const auto index = IndexPages::open(path, FileMode::read, 0);
        const Position known = index.ok() && *index ? (*index)->mark().head.position : 0;
        if (known <= last_position()) return {};
        return index_ahead(path, client_, known, last_position());
    }

    Result<void> check_end() {
        const std::string path = found_.segments.empty() ? path_of(1) : found_.segments.back().path;
        const std::uint64_t bytes = found_.segments.empty() ? 0 : found_.segments.back().bytes;
        if (last_position() < acknowledged_) {
            return damage_error(client_, path, bytes, last_position() + 1, acknowledged_,
                                "the log ends before the last acknowledged event");
        }
        if (found_.segments.empty()) return {};
        if (mark_ && mark_->head.position > 0) MESHLINE_TRY(check_root(mark_->head));
        MESHLINE_ASSIGN(found_.tree, tree_of(last_position()));
        if (found_.ending == Ending::closed || access_ == LogAccess::reading) return {};
        // What a killed process wrote may still lie in the cache only; it counts from here on.
        MESHLINE_ASSIGN(File file, File::open(path, FileMode::write));
        MESHLINE_TRY(file.sync_data());
        return sync_folder(folder_);
    }

    Result<MerkleFrontier> tree_of(Position position) const {
        if (position == 0) return MerkleFrontier();
        return tree_at(client_, locate_block(found_.segments, position), position);
    }

    Result<void> check_root(const LogHead& head) const {
        MESHLINE_ASSIGN(const MerkleFrontier tree, tree_of(head.position));
        if (tree.root() == head.root) return {};
        return damage_error(client_, head_path(folder_), 0, 1, head.position,
                            "the root of the events is not the one that was acknowledged");
    }

    const ClientId& client_;
    const std::string& folder_;
    const LogAccess access_;
    std::optional<HeadMark> mark_;
    Position acknowledged_ = 0;
    std::vector<Seal> old_seals_;
    Recovered found_;
};

}  // namespace

Result<Recovered> recover_partition(const ClientId& client, const std::string& folder,
                                    LogAccess access) {
    return Recovery(client, folder, access).run();
}

}  // namespace meshline
