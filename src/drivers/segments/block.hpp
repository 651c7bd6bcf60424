#pragma once

#include "base/hash/digest.hpp"
#include "base/merkle/merkle.hpp"
#include "base/result/result.hpp"
#include "core/model/event.hpp"
#include "drivers/segments/block_sums.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// A block: some events with consecutive positions, what one append brings or about a MiB of it.
/// All integers little endian.
///
///     header    u32 magic "MLB1"
///               u32 count           events in the block
///               u64 first position
///               u64 acknowledged    last durable position when the block was written
///               u64 x 4             lengths: metadata raw, metadata stored, payloads raw, stored
///               u64                 XXH3-64 of the sums
///               32 bytes x n        edge of the Merkle tree before the block; n is the number of
///                                   one bits in first position - 1
///               u64                 XXH3-64 of the header up to here
///     sums      u64 x m             XXH3-64 of each piece of the digests and the metadata, then of
///                                   the payloads, as stored; see block_sums.hpp
///     digests   32 bytes x count    SHA-256 of each payload
///     metadata  zstd frame          see block_metadata.hpp
///     payloads  zstd frame          the payloads, one after the other
inline constexpr std::uint32_t block_magic = 0x31424c4d;
inline constexpr std::size_t block_acknowledged_offset = 16;
inline constexpr std::size_t block_edge_offset = 64;
inline constexpr std::size_t block_checksum_bytes = 8;
inline constexpr std::size_t block_header_bytes_max =
    block_edge_offset + 64 * 32 + block_checksum_bytes;

inline constexpr std::uint64_t payload_bytes_max = 256ULL << 20;
inline constexpr std::uint32_t block_events_max = 1 << 16;
/// What the texts and numbers of one block can come to: a MiB and one event of the largest texts.
inline constexpr std::uint64_t metadata_bytes_max = 2 << 20;

struct BlockHeader {
    std::uint32_t count = 0;
    Position first_position = 0;
    Position acknowledged = 0;
    std::uint64_t metadata_raw_bytes = 0;
    std::uint64_t metadata_stored_bytes = 0;
    std::uint64_t payloads_raw_bytes = 0;
    std::uint64_t payloads_stored_bytes = 0;
    std::uint64_t sums_checksum = 0;
    std::vector<Digest> edge;

    Position last_position() const { return first_position + count - 1; }
    std::uint64_t header_bytes() const {
        return block_edge_offset + edge.size() * 32 + block_checksum_bytes;
    }
    /// Of the digests and the metadata, which are summed as one part.
    std::uint64_t metadata_part_bytes() const { return count * 32ULL + metadata_stored_bytes; }
    std::uint64_t metadata_sums_bytes() const {
        return piece_count(metadata_part_bytes()) * sum_bytes;
    }
    std::uint64_t sums_bytes() const {
        return metadata_sums_bytes() + piece_count(payloads_stored_bytes) * sum_bytes;
    }
    std::uint64_t digests_at() const { return header_bytes() + sums_bytes(); }
    /// All but the payloads: what there is to read when they do not matter.
    std::uint64_t bytes_before_payloads() const { return digests_at() + metadata_part_bytes(); }
    std::uint64_t block_bytes() const { return bytes_before_payloads() + payloads_stored_bytes; }
};

/// A draft with what was decided about it.
struct Record {
    const EventDraft* draft = nullptr;
    Digest payload_digest;
    Outcome outcome = Outcome::added;
};

/// A block on its way into a segment: complete but for what depends on the blocks before it.
struct PackedBlock {
    Position first_position = 0;
    std::uint32_t count = 0;
    std::string bytes;
    std::vector<Digest> leaves;
};

/// Cuts the records, which get consecutive positions from `first_position` on, into blocks of about
/// `block_bytes_max` raw bytes. The expensive part of an append; needs no lock.
std::vector<PackedBlock> pack_blocks(const ClientId& client, Position first_position,
                                     std::span<const Record> records, std::uint64_t block_bytes_max,
                                     int compression_level);

/// Writes the edge of the tree into the block and moves the tree past the block.
void seal_block(PackedBlock& block, MerkleFrontier& tree, Position acknowledged);

/// Of the header of a block that begins with that position.
std::uint64_t header_bytes_at(Position first_position);

/// Reads a header from the first bytes of a block and checks its checksum and limits. Error
/// log.corrupt with what is wrong as the message.
Result<BlockHeader> decode_block_header(std::string_view bytes);

enum class BlockPart : std::uint8_t { metadata, everything };

/// The checksums of the stored bytes of a block, without the payloads where they are not asked for.
/// Error as above.
Result<void> check_block(const BlockHeader& header, std::string_view bytes, BlockPart part);

/// A block taken apart, reusable for the next one. The events' texts are views into it.
class Block {
  public:
    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    /// Checks and unpacks any bytes whatever: a block, as stored, or an error. With
    /// BlockPart::metadata the bytes may end before the payloads and the events have none. Error
    /// log.corrupt with what is wrong as the message.
    Result<void> decode(std::string_view bytes, BlockPart part);

    const BlockHeader& header() const { return header_; }
    std::span<const Event> events() const { return events_; }

  private:
    Result<void> decode_payloads(std::string_view stored,
                                 const std::vector<std::uint64_t>& payload_bytes);

    BlockHeader header_;
    std::string metadata_;
    std::string payloads_;
    std::vector<Event> events_;
};

}  // namespace meshline
