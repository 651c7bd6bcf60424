// Goal: a block gives back what was packed; any other bytes are refused and never crash.
// Method: property tests over records, cuts and flips, with and without checksums put right again.
#include "drivers/segments/block.hpp"

#define XXH_INLINE_ALL
#include "drivers/segments/block_damage.hpp"
#include "drivers/segments/block_metadata.hpp"
#include "drivers/segments/bytes.hpp"
#include "drivers/segments/compression.hpp"
#include "drivers/segments/log_test_support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <xxhash.h>

namespace meshline {
namespace {

std::vector<TestRecord> any_records() {
    const auto text = rc::gen::arbitrary<std::string>();
    const auto record = rc::gen::build<TestRecord>(
        rc::gen::set(&TestRecord::stream, rc::gen::element<std::string>("orders", "refunds", "")),
        rc::gen::set(&TestRecord::event_id, text), rc::gen::set(&TestRecord::object_id, text),
        rc::gen::set(&TestRecord::payload, text), rc::gen::set(&TestRecord::has_revisions),
        rc::gen::set(&TestRecord::occurred_at, rc::gen::inRange<std::int64_t>(-1'000'000, 9'000)));
    return *rc::gen::nonEmpty(rc::gen::container<std::vector<TestRecord>>(record));
}

struct Packed {
    std::vector<TestRecord> from;
    std::vector<EventDraft> drafts;
    std::vector<Record> records;
    std::vector<PackedBlock> blocks;

    Packed(std::vector<TestRecord> taken, Position first, std::uint64_t block_bytes)
        : from(std::move(taken)) {
        for (const TestRecord& record : from)
            drafts.push_back(record.draft());
        for (const EventDraft& draft : drafts) {
            records.push_back({.draft = &draft,
                               .payload_digest = sha256(draft.payload),
                               .outcome = Outcome::revision});
        }
        MerkleFrontier tree;
        while (tree.size() + 1 < first)
            tree.append(sha256("before"));
        blocks = pack_blocks(shop, first, records, block_bytes, 1);
        for (PackedBlock& block : blocks)
            seal_block(block, tree, first - 1);
    }
};

TEST(Block, gives_back_what_was_packed) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<TestRecord> records = any_records();
        const auto first = *rc::gen::inRange<Position>(1, 300);
        const auto block_bytes = *rc::gen::inRange<std::uint64_t>(1, 2000);
        const Packed packed(records, first, block_bytes);
        std::size_t index = 0;
        Block block;
        for (const PackedBlock& one : packed.blocks) {
            RC_ASSERT(block.decode(one.bytes, BlockPart::everything).ok());
            RC_ASSERT(block.header().acknowledged == first - 1);
            for (const Event& event : block.events()) {
                const EventDraft& draft = packed.drafts[index];
                RC_ASSERT(event.position == first + index);
                RC_ASSERT(event.stream == draft.stream);
                RC_ASSERT(event.event_id == draft.event_id);
                RC_ASSERT(event.object_id == draft.object_id);
                RC_ASSERT(event.occurred_at == draft.occurred_at);
                RC_ASSERT(event.outcome == Outcome::revision);
                RC_ASSERT(event.payload == draft.payload);
                RC_ASSERT(event.payload_digest == sha256(draft.payload));
                ++index;
            }
        }
        RC_ASSERT(index == records.size());
    }));
}

/// Payloads cut out of one text, some of it left out: runs of them are packed where they are.
TEST(Block, packs_payloads_that_lie_one_after_the_other) {
    std::string text;
    for (int number = 0; number < 400; ++number)
        text += std::to_string(number) + ",";
    for (const std::size_t left_out : {0u, 1u, 2u, 7u, 90u}) {
        std::vector<EventDraft> drafts;
        const TestRecord like = numbered_record(1);
        for (std::size_t at = 0; at < text.size(); at += 11) {
            if (left_out > 0 && at / 11 % left_out == left_out - 1) continue;
            drafts.push_back(like.draft());
            drafts.back().payload = std::string_view(text).substr(at, at % 5 == 3 ? 0 : 11);
        }
        std::vector<Record> records;
        for (const EventDraft& draft : drafts)
            records.push_back({.draft = &draft, .payload_digest = sha256(draft.payload)});
        std::size_t index = 0;
        MerkleFrontier tree;
        for (PackedBlock& packed : pack_blocks(shop, 1, records, 3000, 1)) {
            seal_block(packed, tree, 0);
            Block block;
            ASSERT_TRUE(block.decode(packed.bytes, BlockPart::everything).ok());
            for (const Event& event : block.events())
                EXPECT_EQ(event.payload, drafts[index++].payload);
        }
        EXPECT_EQ(index, drafts.size());
    }
}

TEST(Block, its_metadata_is_read_without_its_payloads) {
    const Packed packed(numbered_records(1, 20), 1, 1 << 20);
    const std::string& bytes = packed.blocks[0].bytes;
    const std::uint64_t payloads_at = decode_block_header(bytes)->bytes_before_payloads();
    Block block;
    ASSERT_TRUE(block.decode(bytes.substr(0, payloads_at), BlockPart::metadata).ok());
    EXPECT_EQ(block.events().size(), 20u);
    EXPECT_EQ(block.events()[3].event_id, "4");
    EXPECT_EQ(block.events()[3].payload, "");
    EXPECT_EQ(block.decode(bytes.substr(0, payloads_at), BlockPart::everything).error().code,
              "log.corrupt");
    EXPECT_EQ(block.decode(bytes.substr(0, payloads_at - 1), BlockPart::metadata).error().code,
              "log.corrupt");
}

TEST(Block, refuses_every_flip_and_every_cut) {
    const Packed packed(numbered_records(1, 5), 8, 1 << 20);
    const std::string& bytes = packed.blocks[0].bytes;
    Block block;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string bad = bytes;
        bad[at] ^= 4;
        ASSERT_EQ(block.decode(bad, BlockPart::everything).error().code, "log.corrupt") << at;
        ASSERT_TRUE(block.events().empty());
        ASSERT_EQ(block.decode(bytes.substr(0, at), BlockPart::everything).error().code,
                  "log.corrupt")
            << at;
    }
}

/// The part of a block that a byte lies in, by its header.
std::string part_at(const BlockHeader& header, std::uint64_t at) {
    if (at < header.header_bytes()) return "header";
    if (at < header.digests_at()) return "sums";
    const std::uint64_t digest = (at - header.digests_at()) / 32;
    if (digest < header.count)
        return "payload digest of position " + std::to_string(header.first_position + digest);
    return at < header.bytes_before_payloads() ? "metadata" : "payloads";
}

TEST(BlockDamage, names_every_single_bad_byte) {
    const Packed packed(numbered_records(1, 5), 8, 1 << 20);
    const std::string& bytes = packed.blocks[0].bytes;
    const BlockHeader header = decode_block_header(bytes).value();
    EXPECT_FALSE(find_damage(bytes, 8));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string bad = bytes;
        bad[at] ^= static_cast<char>(1 << (at % 8));
        const auto found = find_damage(bad, 8);
        ASSERT_TRUE(found) << at;
        EXPECT_EQ(found->offset, at);
        EXPECT_EQ(found->bytes, 1u) << at;
        EXPECT_EQ(found->part, part_at(header, at)) << at;
    }
}

TEST(BlockDamage, of_several_bytes_is_told_to_the_piece_with_the_first) {
    const Packed packed(numbered_records(1, 400), 1, 1 << 20);
    const std::string& bytes = packed.blocks[0].bytes;
    const BlockHeader header = decode_block_header(bytes).value();
    const std::uint64_t payloads_at = header.bytes_before_payloads();
    ASSERT_GT(header.payloads_stored_bytes, 2 * piece_bytes);
    std::string bad = bytes;
    for (const std::uint64_t at : {piece_bytes + 5, piece_bytes + 700, 2 * piece_bytes + 1})
        bad[payloads_at + at] ^= 8;
    const auto found = find_damage(bad, 1);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->offset, payloads_at + piece_bytes);
    EXPECT_EQ(found->bytes, piece_bytes);
    EXPECT_EQ(found->part, "payloads");

    std::string torn = bytes;
    std::fill_n(torn.begin(), 10, '\0');
    EXPECT_FALSE(find_damage(torn, 1));
    EXPECT_FALSE(find_damage(bytes.substr(0, bytes.size() - 1), 1));
    EXPECT_FALSE(find_damage("", 1));
}

/// Payloads without repetition are stored as they are, so a bad byte of one is a bad byte of it.
TEST(BlockDamage, names_the_events_whose_payloads_are_others) {
    std::vector<TestRecord> records = numbered_records(1, 3);
    std::uint64_t noise = 1;
    for (TestRecord& record : records) {
        record.payload.clear();
        for (int count = 0; count < 100; ++count) {
            noise = noise * 6364136223846793005ULL + 1442695040888963407ULL;
            record.payload.push_back(static_cast<char>(noise >> 56));
        }
    }
    const Packed packed(records, 8, 1 << 20);
    const std::string& bytes = packed.blocks[0].bytes;
    for (std::size_t index = 0; index < records.size(); ++index) {
        const std::size_t at = bytes.find(records[index].payload);
        ASSERT_NE(at, std::string::npos);
        std::string bad = bytes;
        bad[at + 50] ^= 1;
        const auto found = find_damage(bad, 8);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->offset, at + 50);
        EXPECT_EQ(found->first_position, 8 + index);
        EXPECT_EQ(found->last_position, 8 + index);
    }
}

/// Puts right the checksums of a block whose bytes were changed, so that a change reaches what lies
/// behind them.
void fix_checksums(std::string& bytes, const BlockHeader& header) {
    const std::string_view all = bytes;
    std::string sums;
    put_sums(sums, all.substr(header.digests_at(), header.metadata_part_bytes()));
    put_sums(sums, all.substr(header.bytes_before_payloads(), header.payloads_stored_bytes));
    sums.copy(bytes.data() + header.header_bytes(), sums.size());
    put_integer_at<std::uint64_t>(bytes, 56, XXH3_64bits(sums.data(), sums.size()));
    const std::uint64_t checked_bytes = header.header_bytes() - block_checksum_bytes;
    put_integer_at<std::uint64_t>(bytes, checked_bytes, XXH3_64bits(bytes.data(), checked_bytes));
}

TEST(Block, survives_bytes_with_right_checksums) {
    const Packed packed(numbered_records(1, 5), 8, 1 << 20);
    const std::string& good = packed.blocks[0].bytes;
    const BlockHeader header = decode_block_header(good).value();
    EXPECT_TRUE(rc::check([&] {
        std::string bytes = good;
        const auto changes = *rc::gen::inRange(1, 6);
        for (int change = 0; change < changes; ++change) {
            const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
            bytes[at] = *rc::gen::arbitrary<char>();
        }
        fix_checksums(bytes, header);
        Block block;
        const Result<void> decoded = block.decode(bytes, BlockPart::everything);
        if (decoded.ok()) return;
        RC_ASSERT(decoded.error().code == "log.corrupt");
        RC_ASSERT(block.events().empty());
    }));
}

TEST(Block, survives_any_metadata) {
    const Packed packed(numbered_records(1, 5), 8, 1 << 20);
    MetadataWriter writer;
    for (const Record& record : packed.records)
        writer.add(record);
    const std::string good = writer.finish();
    EXPECT_TRUE(rc::check([&] {
        std::string bytes = good.substr(0, *rc::gen::inRange<std::size_t>(0, good.size() + 1));
        for (char& byte : bytes) {
            if (*rc::gen::inRange(0, 40) == 0) byte = *rc::gen::arbitrary<char>();
        }
        std::vector<Event> events;
        std::vector<std::uint64_t> payload_bytes;
        if (read_metadata(bytes, 5, events, payload_bytes)) RC_ASSERT(events.size() == 5);
    }));
}

TEST(Block, refuses_a_header_beyond_the_limits) {
    const Packed packed(numbered_records(1, 5), 8, 1 << 20);
    const auto refuses = [&](std::size_t offset, std::uint64_t value) {
        std::string bytes = packed.blocks[0].bytes;
        const std::size_t checked_bytes = block_edge_offset + 3 * 32;
        put_integer_at(bytes, offset, value);
        put_integer_at<std::uint64_t>(bytes, checked_bytes,
                                      XXH3_64bits(bytes.data(), checked_bytes));
        return !decode_block_header(bytes).ok();
    };
    EXPECT_TRUE(refuses(24, metadata_bytes_max + 1));
    EXPECT_TRUE(refuses(32, UINT64_MAX));
    EXPECT_TRUE(refuses(40, payload_bytes_max + 1));
    EXPECT_TRUE(refuses(48, UINT64_MAX));
    EXPECT_FALSE(refuses(40, payload_bytes_max));
}

TEST(Varint, round_trips_the_edges) {
    for (const std::int64_t number : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1}}) {
        std::string bytes;
        put_signed_varint(bytes, number);
        put_varint(bytes, static_cast<std::uint64_t>(number));
        ByteReader reader(bytes);
        EXPECT_EQ(reader.signed_varint(), number);
        EXPECT_EQ(reader.varint(), static_cast<std::uint64_t>(number));
        EXPECT_TRUE(reader.is_good());
        EXPECT_EQ(reader.varint(), 0u);
        EXPECT_FALSE(reader.is_good());
    }
    ByteReader endless(std::string_view("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", 11));
    endless.varint();
    EXPECT_FALSE(endless.is_good());
}

}  // namespace
}  // namespace meshline
