#include "base/hash/sha256_each.hpp"
#include "base/merkle/merkle.hpp"
#include "base/queue/turns.hpp"
#include "drivers/segments/identity_check.hpp"
#include "drivers/segments/partition.hpp"
#include "drivers/segments/partition_files.hpp"
#include "drivers/segments/read_block.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <exception>
#include <optional>
#include <span>
#include <thread>
#include <utility>

namespace meshline {
namespace {

/// Hashing is most of the work; more threads than this would wait for the disk.
constexpr std::size_t threads_max = 8;

/// Runs what may run out of memory, in a thread that must not end by it.
template <class Work>
auto guarded(const std::string& path, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception&) {
        return read_error(path, ENOMEM);
    }
}

/// A block whose bytes are good, with what is to be held against the blocks before it.
struct CheckedBlock {
    std::vector<Digest> edge;
    std::vector<Digest> leaves;
    std::vector<Identity> identities;
};

/// Checks every byte of a partition and grows its tree anew. Threads take the blocks apart side by
/// side; one after the other, in order, they are then joined to the tree.
class Verification {
  public:
    Verification(const ClientId& client, std::span<const Segment> segments,
                 IdentityCheck& identities)
        : client_(client), segments_(segments), identities_(identities) {
        for (const Segment& segment : segments) {
            for (const BlockPlace& block : segment.blocks)
                blocks_.push_back(locate_block(segments, block.first_position));
        }
    }

    const MerkleFrontier& tree() const { return tree_; }

    Result<void> run(const VerifyProgress& progress) {
        for (const Segment& segment : segments_)
            MESHLINE_TRY(check_file(segment, &segment != &segments_.back()));
        const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
        const std::size_t count = std::min({processors, threads_max, blocks_.size()});
        {
            std::vector<std::jthread> threads;
            for (std::size_t index = 1; index < count; ++index)
                threads.emplace_back([&] { work(progress); });
            work(progress);
        }
        if (failure_) return *failure_;
        return {};
    }

  private:
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

    void work(const VerifyProgress& progress) {
        BlockSource source(client_);
        Block block;
        for (std::size_t number = next_++; number < blocks_.size(); number = next_++) {
            Turn turn(turns_, number);
            const BlockLocation& location = blocks_[number];
            const auto checked =
                guarded(location.path, [&] { return check_block(source, block, location); });
            // The first error is that of the first bad block: those after it do not get their turn.
            if (!turn.wait()) return;
            const auto joined = guarded(location.path, [&]() -> Result<void> {
                if (!checked.ok()) return checked.error();
                return join(location, *checked);
            });
            if (!joined.ok()) {
                failure_ = joined.error();
                return;
            }
            if (progress) progress(tree_.size(), blocks_.back().last_position);
            turn.finish();
        }
    }

    /// What needs no other block.
    Result<CheckedBlock> check_block(BlockSource& source, Block& block,
                                     const BlockLocation& location) const {
        MESHLINE_TRY(source.read(location, BlockPart::everything, block));
        CheckedBlock checked{.edge = block.header().edge, .leaves = {}, .identities = {}};
        checked.identities.reserve(block.events().size());
        std::vector<std::string_view> payloads;
        payloads.reserve(block.events().size());
        for (const Event& event : block.events())
            payloads.push_back(event.payload);
        const std::vector<Digest> digests = sha256_each(payloads);
        MerkleLeaves leaves;
        std::string leaf;
        for (std::size_t index = 0; index < digests.size(); ++index) {
            const Event& event = block.events()[index];
            if (digests[index] != event.payload_digest) {
                return damage_error(client_, location.path, location.offset, event.position,
                                    event.position, "the payload's digest differs");
            }
            encode_leaf(client_, event, leaf);
            leaves.add(leaf);
            checked.identities.push_back(
                {identity_key(event.source, event.stream, event.event_id), event.payload_digest});
        }
        checked.leaves = leaves.finish();
        return checked;
    }

    /// What needs those before it.
    Result<void> join(const BlockLocation& location, const CheckedBlock& checked) {
        if (!std::ranges::equal(checked.edge, tree_.nodes())) {
            return damage_error(client_, location.path, location.offset, 1,
                                location.first_position - 1,
                                "the events before this block are not those it was written after");
        }
        if (identities_.is_wanted(location.first_position)) {
            MESHLINE_TRY(
                identities_.check(client_, location, location.first_position, checked.identities));
        }
        for (const Digest& leaf : checked.leaves)
            tree_.append(leaf);
        return {};
    }

    const ClientId& client_;
    std::span<const Segment> segments_;
    std::vector<BlockLocation> blocks_;
    std::atomic<std::size_t> next_ = 0;
    Turns turns_;

    // Of the thread whose turn it is.
    IdentityCheck& identities_;
    MerkleFrontier tree_;
    std::optional<Error> failure_;
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
    IdentityCheck identities(identity_path(folder_));
    MESHLINE_TRY(identities.open(client_, segments, head, options_.identity_bytes_max));
    Verification verification(client_, segments, identities);
    MESHLINE_TRY(verification.run(progress));
    const LogHead found{.position = verification.tree().size(), .root = verification.tree().root()};
    if (found.root != head.root) {
        return damage_error(client_, folder_, 0, 1, head.position,
                            "the root of the events is not the one that was acknowledged");
    }
    std::optional<Error> fault = identities.finish();
    // An append that goes on beside this changes the file of the index.
    const std::lock_guard lock(mutex_);
    if (fault && !identities_) return *std::move(fault);
    return found;
}

}  // namespace meshline
