#define XXH_INLINE_ALL
#include "base/result/check.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/block_metadata.hpp"
#include "drivers/segments/bytes.hpp"
#include "drivers/segments/compression.hpp"

#include <bit>
#include <xxhash.h>

namespace meshline {
namespace {

std::size_t header_bytes_at(Position first_position) {
    return block_fixed_bytes + 32 * static_cast<std::size_t>(std::popcount(first_position - 1));
}

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

/// One block's worth of records, gathered one by one.
class BlockPacker {
  public:
    BlockPacker(const ClientId& client, Position first_position, int compression_level)
        : client_(client), first_position_(first_position), compression_level_(compression_level) {}

    bool is_empty() const { return leaves_.empty(); }
    bool fits(const Record& record, std::uint64_t bytes_max) const {
        return leaves_.size() < block_events_max &&
               payloads_.size() + metadata_.size() + record.draft->payload.size() <= bytes_max;
    }

    void add(const Record& record) {
        metadata_.add(record);
        payloads_.append(record.draft->payload);
        digests_.append(record.payload_digest.view());
        encode_leaf(client_, event_of(record), leaf_text_);
        leaves_.push_back(merkle_leaf(leaf_text_));
    }

    PackedBlock finish() {
        const std::size_t header_bytes = header_bytes_at(first_position_);
        const std::string metadata = metadata_.finish();
        PackedBlock block{.first_position = first_position_,
                          .count = static_cast<std::uint32_t>(leaves_.size())};
        std::string& bytes = block.bytes;
        bytes.assign(header_bytes, '\0');
        bytes += digests_;
        compress(metadata, compression_level_, bytes);
        const std::size_t payloads_at = bytes.size();
        compress(payloads_, compression_level_, bytes);

        put_integer_at(bytes, 0, block_magic);
        put_integer_at(bytes, 4, block.count);
        put_integer_at(bytes, 16, first_position_);
        put_integer_at<std::uint64_t>(bytes, 32, metadata.size());
        put_integer_at<std::uint64_t>(bytes, 40, payloads_at - header_bytes - digests_.size());
        put_integer_at<std::uint64_t>(bytes, 48, payloads_.size());
        put_integer_at<std::uint64_t>(bytes, 56, bytes.size() - payloads_at);
        put_integer_at<std::uint64_t>(
            bytes, 64, XXH3_64bits(bytes.data() + header_bytes, payloads_at - header_bytes));
        put_integer_at<std::uint64_t>(
            bytes, 72, XXH3_64bits(bytes.data() + payloads_at, bytes.size() - payloads_at));

        first_position_ += block.count;
        block.leaves = std::move(leaves_);
        leaves_.clear();
        payloads_.clear();
        digests_.clear();
        return block;
    }

  private:
    const ClientId& client_;
    Position first_position_;
    int compression_level_;
    MetadataWriter metadata_;
    std::string payloads_;
    std::string digests_;
    std::string leaf_text_;
    std::vector<Digest> leaves_;
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
    put_integer_at(block.bytes, 24, acknowledged);
    std::size_t offset = block_fixed_bytes;
    for (const Digest& node : tree.nodes()) {
        node.view().copy(block.bytes.data() + offset, node.bytes.size());
        offset += node.bytes.size();
    }
    put_integer_at<std::uint64_t>(block.bytes, 8,
                                  XXH3_64bits(block.bytes.data() + 16, offset - 16));
    for (const Digest& leaf : block.leaves)
        tree.append(leaf);
}

}  // namespace meshline
