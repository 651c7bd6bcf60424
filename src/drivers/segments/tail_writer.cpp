#include "drivers/segments/tail_writer.hpp"

#include "drivers/segments/folder.hpp"
#include "drivers/segments/partition_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <utility>

namespace meshline {
namespace {

/// How far ahead of the end space is set aside: as much again as there is, within these. Halves
/// the time of a sync, which then records no new extent.
constexpr std::uint64_t reserve_bytes_min = 64 << 10;
constexpr std::uint64_t reserve_bytes_max = 16 << 20;

}  // namespace

TailWriter::TailWriter(const ClientId& client, const std::string& folder,
                       const SegmentOptions& options, const Recovered& recovered)
    : client_(client),
      folder_(folder),
      options_(options),
      tree_(recovered.tree),
      seals_(recovered.seals),
      next_head_line_(recovered.next_head_line) {
    if (recovered.segments.empty()) return;
    const Segment& last = recovered.segments.back();
    segment_position_ = last.first_position;
    segment_bytes_ = durable_bytes_ = reserved_bytes_ = last.bytes;
}

Result<std::vector<WrittenBlock>> TailWriter::write(std::span<PackedBlock> blocks) {
    try {
        Result<std::vector<WrittenBlock>> written = write_and_sync(blocks);
        if (!written.ok()) take_back();
        return written;
    } catch (const std::exception&) {
        take_back();
        return write_error(folder_, ENOMEM);
    }
}

Result<std::vector<WrittenBlock>> TailWriter::write_and_sync(std::span<PackedBlock> blocks) {
    const Position acknowledged = tree_.size();
    std::vector<WrittenBlock> written;
    if (segment_position_ != 0 && !segment_.is_open()) {
        MESHLINE_ASSIGN(segment_,
                        File::open(segment_path(folder_, segment_position_), FileMode::write));
    }
    for (PackedBlock& block : blocks) {
        if (segment_position_ == 0 || segment_bytes_ >= options_.segment_bytes_max) {
            MESHLINE_TRY(end_segment());
            MESHLINE_TRY(begin_segment(block.first_position));
        }
        seal_block(block, tree_, acknowledged);
        const std::uint64_t offset = segment_bytes_;
        pending_.push_back(block.bytes);
        pending_bytes_ += block.bytes.size();
        segment_bytes_ += block.bytes.size();
        written.push_back({.segment_position = segment_position_,
                           .place = {block.first_position, offset},
                           .last_position = tree_.size(),
                           .end = segment_bytes_});
    }
    MESHLINE_TRY(flush());
    MESHLINE_TRY(mark(Ending::opened));
    return written;
}

/// Writes what is pending and makes it durable.
Result<void> TailWriter::flush() {
    if (pending_.empty()) return {};
    if (segment_bytes_ > reserved_bytes_) {
        const std::uint64_t step = std::clamp(segment_bytes_, reserve_bytes_min, reserve_bytes_max);
        segment_.reserve(durable_bytes_, segment_bytes_ - durable_bytes_ + step);
        reserved_bytes_ = segment_bytes_ + step;
    }
    MESHLINE_TRY(segment_.write_at(segment_bytes_ - pending_bytes_, pending_));
    MESHLINE_TRY(segment_.sync_data());
    pending_.clear();
    pending_bytes_ = 0;
    durable_bytes_ = segment_bytes_;
    return {};
}

Result<void> TailWriter::begin_segment(Position first_position) {
    MESHLINE_TRY(make_folders(folder_));
    const std::string header = encode_segment_header(client_, first_position);
    MESHLINE_ASSIGN(File begun,
                    File::open(segment_path(folder_, first_position), FileMode::create));
    // From here on it is this file that a failure cuts back, to nothing.
    segment_ = std::move(begun);
    segment_position_ = first_position;
    segment_bytes_ = durable_bytes_ = reserved_bytes_ = 0;
    MESHLINE_TRY(segment_.write_at(0, std::array<std::string_view, 1>{header}));
    MESHLINE_TRY(segment_.sync_data());
    // The names of the file and of the client's folder; a killed process may have made the folder.
    MESHLINE_TRY(sync_folder(folder_));
    MESHLINE_TRY(sync_folder(folder_ + "/.."));
    segment_bytes_ = durable_bytes_ = reserved_bytes_ = header.size();
    return {};
}

/// Makes the present segment, if any, complete, and seals it.
Result<void> TailWriter::end_segment() {
    if (segment_position_ == 0) return {};
    MESHLINE_TRY(flush());
    MESHLINE_TRY(segment_.truncate(segment_bytes_));
    MESHLINE_TRY(segment_.sync_data());
    MESHLINE_ASSIGN(const FileStamp stamp, segment_.stamp());
    std::erase_if(seals_,
                  [&](const Seal& seal) { return seal.first_position == segment_position_; });
    seals_.push_back({.first_position = segment_position_, .stamp = stamp});
    return replace_file(seals_path(folder_), encode_seals(seals_));
}

Result<void> TailWriter::mark(Ending ending) {
    if (!head_.is_open()) {
        MESHLINE_ASSIGN(head_, File::open(head_path(folder_), FileMode::write));
    }
    const std::string text = encode_head({.head = head(), .ending = ending});
    const std::uint64_t offset = next_head_line_ * head_line_bytes;
    next_head_line_ = 1 - next_head_line_;
    return head_.write_at(offset, std::array<std::string_view, 1>{text});
}

/// A failed sync may leave data in the cache that reads as if it were on the disk. Cutting it off
/// keeps a later opening from trusting it. The error at hand is what the caller hears of.
void TailWriter::take_back() {
    pending_.clear();
    if (!segment_.is_open()) return;
    if (segment_.truncate(durable_bytes_).ok()) static_cast<void>(segment_.sync_data());
}

Result<void> TailWriter::close() {
    if (tree_.size() == 0) return {};
    if (!segment_.is_open()) {
        MESHLINE_ASSIGN(segment_,
                        File::open(segment_path(folder_, segment_position_), FileMode::write));
    }
    MESHLINE_TRY(end_segment());
    MESHLINE_TRY(mark(Ending::closed));
    MESHLINE_TRY(head_.sync_data());
    return sync_folder(folder_);
}

}  // namespace meshline
