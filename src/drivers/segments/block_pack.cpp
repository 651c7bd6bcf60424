#define XXH_INLINE_ALL
#include "base/result/check.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/block_metadata.hpp"
#include "drivers/segments/bytes.hpp"
#include "drivers/segments/compression.hpp"

#include <xxhash.h>

namespace meshline {
namespace {

Event event_of(const Record& record) {
    const EventDraft& draft = *record.draft;
    return Event{.source = draft.source,
                 .stream = draft.stream,
                 .event_id = draft.event_id,
                 .object_id = draft.object_id,
                 .occurred_at = draft.occurred_at,
                 .received_at = draft.received_at,
                 .outcome = record.outcome,
                 .verdict = draft.verdict,
                 .contract_digest = draft.contract_digest,
                 .payload_digest = record.payload_digest,
                 .payload = draft.payload};
}

/// What a thread keeps between blocks; a rare huge event's buffer is given back.
constexpr std::size_t scratch_bytes_max = 4 << 20;

/// The payloads of a block, one after the other. Those that lie so already, as in what was cut out
/// of a file, are taken where they are.
class PayloadRun {
  public:
    /// The scratch is memory that the thread has touched before, which is several times cheaper
    /// than fresh memory.
    PayloadRun() : scratch_(scratch()) {}
    ~PayloadRun() {
        if (scratch_.capacity() > scratch_bytes_max) scratch_ = std::string();
    }
    PayloadRun(const PayloadRun&) = delete;
    PayloadRun& operator=(const PayloadRun&) = delete;

    std::size_t size() const { return run_.size(); }
    std::string_view view() const { return run_; }
    void clear() { run_ = {}; }

    void add(std::string_view payload) {
        if (payload.empty()) return;
        if (run_.empty()) {
            run_ = payload;
        } else if (!is_gathered() && run_.data() + run_.size() == payload.data()) {
            run_ = {run_.data(), run_.size() + payload.size()};
        } else {
            if (!is_gathered()) scratch_ = run_;
            scratch_ += payload;
            run_ = scratch_;
        }
    }

  private:
    static std::string& scratch() {
        thread_local std::string payloads;
        return payloads;
    }
    bool is_gathered() const { return run_.data() == scratch_.data(); }

    std::string& scratch_;
    std::string_view run_;
};

/// One block's worth of records, gathered one by one.
class BlockPacker {
  public:
    BlockPacker(const ClientId& client, Position first_position, int compression_level)
        : client_(client), first_position_(first_position), compression_level_(compression_level) {}
    BlockPacker(const BlockPacker&) = delete;
    BlockPacker& operator=(const BlockPacker&) = delete;

    bool is_empty() const { return leaves_.size() == 0; }
    bool fits(const Record& record, std::uint64_t bytes_max) const {
        return leaves_.size() < block_events_max &&
               payloads_.size() + metadata_.size() + record.draft->payload.size() <= bytes_max;
    }

    void add(const Record& record) {
        metadata_.add(record);
        payloads_.add(record.draft->payload);
        digests_.append(record.payload_digest.view());
        encode_leaf(client_, event_of(record), leaf_text_);
        leaves_.add(leaf_text_);
    }

    PackedBlock finish() {
        const std::string metadata = metadata_.finish();
        // From here on the digests are the first of all stored content.
        std::string& content = digests_;
        const std::size_t digests_bytes = content.size();
        compress(metadata, compression_level_, content);
        const std::size_t payloads_at = content.size();
        compress(payloads_.view(), compression_level_, content);
        std::string sums;
        put_sums(sums, std::string_view(content).substr(0, payloads_at));
        put_sums(sums, std::string_view(content).substr(payloads_at));

        PackedBlock block{.first_position = first_position_,
                          .count = static_cast<std::uint32_t>(leaves_.size())};
        std::string& bytes = block.bytes;
        const std::uint64_t header_bytes = header_bytes_at(first_position_);
        bytes.reserve(header_bytes + sums.size() + content.size());
        put_integer(bytes, block_magic);
        put_integer(bytes, block.count);
        put_integer(bytes, first_position_);
        put_integer<std::uint64_t>(bytes, 0);  // What is acknowledged is known when it is sealed.
        put_integer<std::uint64_t>(bytes, metadata.size());
        put_integer<std::uint64_t>(bytes, payloads_at - digests_bytes);
        put_integer<std::uint64_t>(bytes, payloads_.size());
        put_integer<std::uint64_t>(bytes, content.size() - payloads_at);
        put_integer<std::uint64_t>(bytes, XXH3_64bits(sums.data(), sums.size()));
        MESHLINE_CHECK(bytes.size() == block_edge_offset);
        bytes.resize(header_bytes);
        bytes += sums;
        bytes += content;

        first_position_ += block.count;
        block.leaves = leaves_.finish();
        payloads_.clear();
        digests_.clear();
        return block;
    }

  private:
    const ClientId& client_;
    Position first_position_;
    int compression_level_;
    MetadataWriter metadata_;
    PayloadRun payloads_;
    std::string digests_;
    std::string leaf_text_;
    MerkleLeaves leaves_;
};

}  // namespace

std::vector<PackedBlock> pack_blocks(const ClientId& client, Position first_position,
                                     std::span<const Record> records, std::uint64_t block_bytes_max,
                                     int compression_level) {
    std::vector<PackedBlock> blocks;
    BlockPacker packer(client, first_position, compression_level);
    for (const Record& record : records) {
        if (!packer.is_empty() && !packer.fits(record, block_bytes_max)) {
            blocks.push_back(packer.finish());
        }
        packer.add(record);
    }
    if (!packer.is_empty()) blocks.push_back(packer.finish());
    return blocks;
}

void seal_block(PackedBlock& block, MerkleFrontier& tree, Position acknowledged) {
    MESHLINE_CHECK(tree.size() == block.first_position - 1);
    put_integer_at(block.bytes, block_acknowledged_offset, acknowledged);
    std::size_t offset = block_edge_offset;
    for (const Digest& node : tree.nodes()) {
        node.view().copy(block.bytes.data() + offset, node.bytes.size());
        offset += node.bytes.size();
    }
    put_integer_at<std::uint64_t>(block.bytes, offset, XXH3_64bits(block.bytes.data(), offset));
    for (const Digest& leaf : block.leaves)
        tree.append(leaf);
}

}  // namespace meshline
