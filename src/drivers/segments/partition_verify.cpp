#include "drivers/segments/partition.hpp"
#include "drivers/segments/read_block.hpp"

#include <algorithm>
#include <utility>

namespace meshline {
namespace {

/// Checks every byte of a partition and grows its tree anew.
class Verification {
  public:
    explicit Verification(const ClientId& client) : client_(client), source_(client) {}

    const MerkleFrontier& tree() const { return tree_; }

    /// The header of a segment file, and that nothing lies behind the last block of a complete one.
    Result<void> check_file(const Segment& segment, bool is_complete) const {
        MESHLINE_ASSIGN(const File file, File::open(segment.path, FileMode::read));
        std::string header;
        MESHLINE_TRY(file.read_at(0, segment_header_bytes, header));
        const Result<void> checked = check_segment_header(header, client_, segment.first_position);
        if (!checked.ok()) {
            return segment_header_error(client_, segment, segment.last_position,
                                        checked.error().message);
        }
        MESHLINE_ASSIGN(const FileStamp stamp, file.stamp());
        if (is_complete && stamp.bytes != segment.bytes) {
            return damage_error(client_, segment.path, segment.bytes, segment.last_position,
                                segment.last_position, "the file does not end with its last block");
        }
        return {};
    }

    Result<void> check_block(const BlockLocation& location) {
        MESHLINE_TRY(source_.read(location, BlockPart::everything, block_));
        if (!std::ranges::equal(block_.header().edge, tree_.nodes())) {
            return damage_error(client_, location.path, location.offset, 1,
                                location.first_position - 1,
                                "the events before this block are not those it was written after");
        }
        for (const Event& event : block_.events()) {
            if (sha256(event.payload) != event.payload_digest) {
                return damage_error(client_, location.path, location.offset, event.position,
                                    event.position, "the payload's digest differs");
            }
            encode_leaf(client_, event, leaf_);
            tree_.append(merkle_leaf(leaf_));
        }
        return {};
    }

  private:
    const ClientId& client_;
    BlockSource source_;
    Block block_;
    std::string leaf_;
    MerkleFrontier tree_;
};

}  // namespace

Result<LogHead> Partition::verify(const VerifyProgress& progress) const {
    LogHead head;
    std::vector<Segment> segments;
    {
        const std::lock_guard lock(mutex_);
        head = head_;
        segments = segments_;
    }
    Verification verification(client_);
    for (const Segment& segment : segments) {
        MESHLINE_TRY(verification.check_file(segment, &segment != &segments.back()));
        for (const BlockPlace& block : segment.blocks) {
            MESHLINE_TRY(verification.check_block(locate_block(segments, block.first_position)));
            if (progress) progress(verification.tree().size(), head.position);
        }
    }
    const MerkleFrontier& tree = verification.tree();
    if (tree.root() != head.root) {
        return damage_error(client_, folder_, 0, 1, head.position,
                            "the root of the events is not the one that was acknowledged");
    }
    return LogHead{.position = tree.size(), .root = tree.root()};
}

}  // namespace meshline
