// Goal: a torn end is cut off and nothing else is lost; damage of any other kind is refused with
// the place and the positions.
// Method: files of a log are copied while it is open, as a kill would leave them, then cut, flipped
// or removed, and opened.
#include "drivers/segments/recovery.hpp"

#include "drivers/segments/block.hpp"
#include "drivers/segments/log_test_support.hpp"

#include <gtest/gtest.h>
#include <map>

namespace meshline {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

/// The files that matter of the client's folder, as they are now.
Files files_of(const TemporaryFolder& folder) {
    Files files;
    for (const auto& entry : fs::directory_iterator(folder.path() / "log" / "shop")) {
        const std::string name = entry.path().filename();
        if (name != "identity.index") files[name] = file_bytes(entry.path());
    }
    return files;
}

void put_files(const TemporaryFolder& folder, const Files& files) {
    fs::remove_all(folder.path() / "log");
    fs::create_directories(folder.path() / "log" / "shop");
    for (const auto& [name, bytes] : files)
        write_file(folder.path() / "log" / "shop" / name, bytes);
}

Error error_of_opening(const TemporaryFolder& folder) {
    const auto log = open_log(folder.log(), small_options());
    const Result<LogHead> head = log->head(shop);
    EXPECT_FALSE(head.ok());
    return head.ok() ? Error() : head.error();
}

void expect_corrupt(const Error& error, const std::string& file, std::int64_t offset,
                    const std::string& positions) {
    EXPECT_EQ(error.code, "log.corrupt") << render(error);
    EXPECT_EQ(error.kind, ErrorKind::corrupt);
    EXPECT_TRUE(error.where.file.ends_with(file)) << render(error);
    EXPECT_EQ(error.where.offset, offset) << render(error);
    EXPECT_NE(error.message.find(positions + ":"), std::string::npos) << render(error);
    EXPECT_FALSE(error.hint.empty());
}

const std::string first_segment = "00000000000000000001.segment";

/// A log of three appends, with its files after the second and after the third.
struct ThreeAppends {
    Files second;
    Files third;

    ThreeAppends() {
        const TemporaryFolder folder;
        const auto log = open_log(folder.log());
        append(*log, numbered_records(1, 2));
        append(*log, numbered_records(3, 2));
        second = files_of(folder);
        append(*log, {numbered_record(5)});
        third = files_of(folder);
    }
    std::size_t bytes_before() const { return second.at(first_segment).size(); }
    std::size_t bytes_after() const { return third.at(first_segment).size(); }
    /// As a kill leaves it: the segment is written up to somewhere, the head is the older one.
    Files unacknowledged(const std::string& segment) const {
        Files files = second;
        files[first_segment] = segment;
        return files;
    }
};

TEST(Recovery, cuts_a_torn_last_block_at_any_byte) {
    const ThreeAppends appends;
    const std::string whole = appends.third.at(first_segment);
    for (std::size_t cut = appends.bytes_before(); cut <= whole.size(); ++cut) {
        const TemporaryFolder folder;
        put_files(folder, appends.unacknowledged(whole.substr(0, cut)));
        const bool is_whole = cut == whole.size();
        {
            const auto log = open_log(folder.log());
            ASSERT_EQ(read_all(*log).size(), is_whole ? 5u : 4u) << cut;
            ASSERT_EQ(*log->removed_bytes(shop), is_whole ? 0 : cut - appends.bytes_before());
            const auto again = append(*log, numbered_records(4, 3));
            ASSERT_EQ(again[0].outcome, Outcome::duplicate);
            ASSERT_EQ(again[1].outcome, is_whole ? Outcome::duplicate : Outcome::added);
            ASSERT_EQ(again[2].outcome, Outcome::added);
        }
        const auto log = open_log(folder.log());
        ASSERT_EQ(*log->removed_bytes(shop), 0u);
        ASSERT_EQ(read_all(*log).size(), 6u);
        ASSERT_TRUE(log->verify(shop, {}).ok());
    }
}

TEST(Recovery, cuts_a_last_block_of_which_pages_never_reached_the_disk) {
    const ThreeAppends appends;
    for (std::size_t zeros = appends.bytes_before(); zeros < appends.bytes_after(); zeros += 5) {
        std::string segment = appends.third.at(first_segment);
        std::fill(segment.begin() + static_cast<std::ptrdiff_t>(zeros), segment.end(), '\0');
        const TemporaryFolder folder;
        put_files(folder, appends.unacknowledged(segment));
        ASSERT_EQ(read_all(*open_log(folder.log())).size(), 4u) << zeros;
    }
}

TEST(Recovery, refuses_to_cut_what_was_acknowledged) {
    const ThreeAppends appends;
    for (std::size_t cut = appends.bytes_before(); cut < appends.bytes_after(); cut += 7) {
        const TemporaryFolder folder;
        Files files = appends.third;
        files[first_segment].resize(cut);
        put_files(folder, files);
        expect_corrupt(error_of_opening(folder), first_segment,
                       static_cast<std::int64_t>(appends.bytes_before()), "position 5");
        // Refusing changes nothing.
        ASSERT_EQ(files_of(folder), files);
    }
}

TEST(Recovery, removes_a_segment_that_was_only_begun) {
    const TemporaryFolder folder;
    Files files;
    {
        const auto log = open_log(folder.log(), small_options());
        append(*log, numbered_records(1, 5));
        files = files_of(folder);
    }
    const std::string header = encode_segment_header(shop, 6);
    for (std::size_t cut = 0; cut <= header.size(); cut += 8) {
        files[segment_name(6)] = header.substr(0, cut);
        put_files(folder, files);
        const auto log = open_log(folder.log(), small_options());
        ASSERT_EQ(read_all(*log).size(), 5u);
        ASSERT_EQ(append(*log, {numbered_record(6)})[0].position, 6u);
        ASSERT_TRUE(log->verify(shop, {}).ok());
    }
}

TEST(Recovery, drops_later_blocks_of_a_write_that_lost_an_earlier_one) {
    // A power cut keeps pages in any order. One append brings two blocks, the first is lost.
    const TemporaryFolder folder;
    Files before;
    Files after;
    {
        const auto log = open_log(folder.log(), {.block_bytes_max = 600});
        append(*log, numbered_records(1, 2));
        before = files_of(folder);
        append(*log, numbered_records(3, 12));
        after = files_of(folder);
    }
    const std::size_t lost = before[first_segment].size() + 90;
    Files cut = after;
    cut[first_segment][lost] ^= 1;
    put_files(folder, cut);
    expect_corrupt(error_of_opening(folder), first_segment, static_cast<std::int64_t>(lost),
                   "positions 3 to 14");
    cut["head"] = before["head"];
    put_files(folder, cut);
    EXPECT_EQ(read_all(*open_log(folder.log())).size(), 2u);
    // Without a head nothing tells that these blocks were not acknowledged.
    cut.erase("head");
    put_files(folder, cut);
    EXPECT_EQ(error_of_opening(folder).code, "log.corrupt");
}

TEST(Recovery, refuses_damage_that_a_later_block_proves_to_be_acknowledged) {
    const ThreeAppends appends;
    const TemporaryFolder folder;
    Files files = appends.third;
    // The head of a power cut: older than what the last block knows.
    files["head"] = encode_head({.head = {.position = 0}});
    files[first_segment][segment_header_bytes + 200] ^= 1;
    put_files(folder, files);
    const Error error = error_of_opening(folder);
    expect_corrupt(error, first_segment, segment_header_bytes + 200, "positions 1 to 4");
    EXPECT_NE(error.message.find("good data follows"), std::string::npos);
}

TEST(Recovery, refuses_to_lose_a_single_event_that_a_later_block_proves_durable) {
    const TemporaryFolder folder;
    Files before;
    Files after;
    {
        const auto log = open_log(folder.log());
        append(*log, {numbered_record(1)});
        before = files_of(folder);
        append(*log, {numbered_record(2)});
        append(*log, {numbered_record(3)});
        after = files_of(folder);
    }
    const std::size_t lost = before[first_segment].size() + 90;
    after["head"] = before["head"];
    after[first_segment][lost] ^= 1;
    put_files(folder, after);
    expect_corrupt(error_of_opening(folder), first_segment, static_cast<std::int64_t>(lost),
                   "position 2");
}

/// A closed log of several segments, its files and where its blocks lie.
struct ClosedLog {
    Files files;
    std::vector<Segment> segments;

    ClosedLog() {
        const TemporaryFolder folder;
        append(*open_log(folder.log(), small_options()), numbered_records(1, 150));
        files = files_of(folder);
        segments = recover_partition(shop, folder.log() + "/shop").value().segments;
    }
};

TEST(Recovery, refuses_a_flipped_byte_anywhere) {
    const ClosedLog closed;
    ASSERT_GE(closed.segments.size(), 3u);
    const TemporaryFolder folder;
    put_files(folder, closed.files);
    for (const Segment& segment : closed.segments) {
        const std::string name = fs::path(segment.path).filename();
        const fs::path path = folder.path() / "log" / "shop" / name;
        for (std::size_t at = 0; at < segment.bytes; at += at < segment_header_bytes ? 1 : 17) {
            std::string bytes = closed.files.at(name);
            bytes[at] ^= 0x20;
            write_file(path, bytes);
            const Error error = error_of_opening(folder);
            ASSERT_EQ(error.code, "log.corrupt");
            ASSERT_TRUE(error.where.file.ends_with(name));
            ASSERT_EQ(error.where.offset, static_cast<std::int64_t>(at));
        }
        write_file(path, closed.files.at(name));
    }
    EXPECT_EQ(read_all(*open_log(folder.log(), small_options())).size(), 150u);
}

TEST(Recovery, finds_silent_rot_when_reading_and_when_verifying) {
    const ClosedLog closed;
    const TemporaryFolder folder;
    put_files(folder, closed.files);
    open_log(folder.log(), small_options())->head(shop).value();
    // The time of the file is put back, so that opening trusts the seal.
    const Segment& segment = closed.segments[1];
    const BlockPlace& block = segment.blocks[1];
    const fs::path path = folder.segments()[1];
    const auto modified = fs::last_write_time(path);
    // Opening sealed everything.
    append(*open_log(folder.log(), small_options()), {numbered_record(151)});
    std::string bytes = file_bytes(path);
    bytes[segment.blocks[2].offset - 1] ^= 1;
    write_file(path, bytes);
    fs::last_write_time(path, modified);

    const auto log = open_log(folder.log(), small_options());
    ASSERT_TRUE(log->head(shop).ok());
    const std::string positions = "positions " + std::to_string(block.first_position) + " to " +
                                  std::to_string(segment.blocks[2].first_position - 1);
    const std::string name = path.filename();
    const auto bad = static_cast<std::int64_t>(segment.blocks[2].offset) - 1;
    expect_corrupt(try_read(*log, 1, 151).error(), name, bad, positions);
    expect_corrupt(log->verify(shop, {}).error(), name, bad, positions);
    EXPECT_EQ(try_read(*log, 1, block.first_position - 1)->size(), block.first_position - 1);
}

TEST(Recovery, refuses_a_missing_segment) {
    const ClosedLog closed;
    for (std::size_t index = 0; index < closed.segments.size(); ++index) {
        const TemporaryFolder folder;
        Files files = closed.files;
        const Segment& gone = closed.segments[index];
        files.erase(fs::path(gone.path).filename());
        put_files(folder, files);
        const bool is_last = index + 1 == closed.segments.size();
        const Segment& named = closed.segments[is_last ? index - 1 : index + 1];
        expect_corrupt(error_of_opening(folder), fs::path(named.path).filename(),
                       is_last ? static_cast<std::int64_t>(named.bytes) : 0,
                       "positions " + std::to_string(gone.first_position) + " to " +
                           std::to_string(gone.last_position));
    }
}

TEST(Recovery, refuses_a_log_that_is_gone_but_for_its_head) {
    const ClosedLog closed;
    const TemporaryFolder folder;
    put_files(folder, {{"head", closed.files.at("head")}});
    expect_corrupt(error_of_opening(folder), first_segment, 0, "positions 1 to 150");
}

TEST(Recovery, refuses_a_log_that_ends_before_its_head) {
    const ClosedLog closed;
    const TemporaryFolder folder;
    const Segment& last = closed.segments.back();
    Files files = closed.files;
    const BlockPlace& block = last.blocks.back();
    files[fs::path(last.path).filename()].resize(block.offset);
    put_files(folder, files);
    expect_corrupt(error_of_opening(folder), fs::path(last.path).filename(),
                   static_cast<std::int64_t>(block.offset),
                   block.first_position == 150
                       ? "position 150"
                       : "positions " + std::to_string(block.first_position) + " to 150");
}

TEST(Recovery, an_end_that_only_the_index_knows_is_not_cut_off_in_silence) {
    for (const bool is_torn : {true, false}) {
        const TemporaryFolder folder;
        append(*open_log(folder.log()), numbered_records(1, 5));
        const std::uint64_t whole_bytes = fs::file_size(folder.segments()[0]);
        append(*open_log(folder.log()), numbered_records(6, 1));
        const fs::path shop_folder = folder.path() / "log" / "shop";
        fs::remove(shop_folder / "head");
        const std::uint64_t end = is_torn ? fs::file_size(folder.segments()[0]) - 3 : whole_bytes;
        fs::resize_file(folder.segments()[0], end);
        const Error error = error_of_opening(folder);
        EXPECT_EQ(error.code, "log.shorter_than_index");
        EXPECT_EQ(error.kind, ErrorKind::corrupt);
        EXPECT_NE(error.message.find("at position 5, its index knows 6 events"), std::string::npos)
            << error.message;
        EXPECT_EQ(fs::file_size(folder.segments()[0]), end);
        // As the hint says.
        fs::remove(shop_folder / "identity.index");
        EXPECT_EQ(open_log(folder.log())->head(shop)->position, 5u);
    }
}

TEST(Recovery, a_spoilt_line_of_the_head_is_written_again) {
    const ClosedLog closed;
    const std::string whole = closed.files.at("head");
    ASSERT_EQ(whole.size(), 2 * head_line_bytes);
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        const TemporaryFolder folder;
        Files files = closed.files;
        files["head"][at] ^= 1;
        put_files(folder, files);
        EXPECT_EQ(open_log(folder.log(), small_options())->head(shop)->position, 150u);
        const HeadLines lines = decode_head(files_of(folder).at("head")).value();
        EXPECT_FALSE(lines.is_any_spoilt) << at;
        EXPECT_EQ(lines.mark->head.position, 150u);
    }
}

TEST(Recovery, refuses_a_damaged_head_and_another_root) {
    const ClosedLog closed;
    const TemporaryFolder folder;
    Files files = closed.files;
    files["head"][40] ^= 1;
    files["head"][head_line_bytes + 40] ^= 1;
    put_files(folder, files);
    Error error = error_of_opening(folder);
    EXPECT_EQ(error.code, "log.corrupt");
    EXPECT_TRUE(error.where.file.ends_with("/head"));

    files["head"] = encode_head({.head = {.position = 100, .root = sha256("other")}});
    put_files(folder, files);
    error = error_of_opening(folder);
    EXPECT_EQ(error.code, "log.corrupt");
    EXPECT_NE(error.message.find("root"), std::string::npos);
}

TEST(Recovery, a_torn_write_of_the_head_spoils_its_older_line_alone) {
    const auto line = [](Position position, Ending ending = Ending::opened) {
        return encode_head({.head = {.position = position, .root = sha256("x")}, .ending = ending});
    };
    EXPECT_EQ(line(1).size(), head_line_bytes);
    for (std::size_t written = 0; written <= head_line_bytes; ++written) {
        const std::string torn = line(14).substr(0, written);
        // The very first write, the second, a later one.
        EXPECT_EQ(decode_head(torn)->mark.has_value(), written == head_line_bytes) << written;
        const bool is_whole = written == head_line_bytes;
        EXPECT_EQ(decode_head(line(12) + torn)->mark->head.position, is_whole ? 14u : 12u);
        const std::string spoilt = torn + line(10).substr(written);
        const HeadLines lines = *decode_head(spoilt + line(12));
        EXPECT_EQ(lines.mark->head.position, spoilt == line(14) ? 14u : 12u) << written;
        EXPECT_EQ(lines.next_line, spoilt == line(14) ? 1u : 0u);
    }
    EXPECT_EQ(decode_head(line(12) + line(12, Ending::closed))->next_line, 0u);
    EXPECT_EQ(decode_head(line(12, Ending::closed) + line(12))->mark->ending, Ending::closed);
    // As a build of before wrote it.
    EXPECT_EQ(decode_head(line(12))->next_line, 1u);
    std::string flipped = line(12);
    flipped[20] ^= 1;
    EXPECT_EQ(decode_head(flipped).error().code, "log.corrupt");
    EXPECT_EQ(decode_head(flipped + flipped).error().code, "log.corrupt");
}

TEST(Recovery, opens_without_head_and_seals_and_makes_them_again) {
    const ClosedLog closed;
    const TemporaryFolder folder;
    for (const std::string& head : {std::string(), std::string(120, '\0')}) {
        Files files = closed.files;
        files["seals"] = "nonsense";
        files["head"] = head;
        put_files(folder, files);
        EXPECT_EQ(read_all(*open_log(folder.log(), small_options())).size(), 150u);
        const Files after = files_of(folder);
        const HeadMark mark = *decode_head(after.at("head"))->mark;
        EXPECT_EQ(mark.head.position, 150u);
        EXPECT_EQ(mark.ending, Ending::closed);
        EXPECT_EQ(decode_seals(after.at("seals")).size(), closed.segments.size());
    }
}

TEST(Recovery, refuses_a_segment_of_another_client_and_of_a_newer_format) {
    const ClosedLog closed;
    const TemporaryFolder folder;
    Files files = closed.files;
    files[first_segment].replace(0, segment_header_bytes,
                                 encode_segment_header(ClientId("other"), 1));
    put_files(folder, files);
    EXPECT_EQ(error_of_opening(folder).code, "log.corrupt");

    files = closed.files;
    files[first_segment].replace(0, segment_header_bytes, encode_segment_header(shop, 1, 2));
    put_files(folder, files);
    EXPECT_EQ(error_of_opening(folder).code, "log.unknown_version");

    // A damaged header may say anything.
    files[first_segment][8] = 3;
    put_files(folder, files);
    EXPECT_EQ(error_of_opening(folder).code, "log.corrupt");
}

/// Writes a segment with one block whose checksums are right, but whose content is `record`.
void put_forged(const TemporaryFolder& folder, const Record& record, MerkleFrontier tree) {
    std::vector<PackedBlock> blocks =
        pack_blocks(shop, tree.size() + 1, std::span(&record, 1), 1 << 20, 1);
    seal_block(blocks[0], tree, 0);
    const fs::path path = folder.path() / "log" / "shop" / first_segment;
    const std::string before = fs::exists(path) ? file_bytes(path) : encode_segment_header(shop, 1);
    write_file(path, before + blocks[0].bytes);
}

TEST(Verify, names_the_event_whose_payload_is_not_its_digest) {
    const TemporaryFolder folder;
    put_files(folder, {});
    const TestRecord record = numbered_record(1);
    const EventDraft draft = record.draft();
    put_forged(folder, {.draft = &draft, .payload_digest = sha256("what was captured")}, {});
    const auto log = open_log(folder.log());
    ASSERT_EQ(log->head(shop)->position, 1u);
    const Error error = log->verify(shop, {}).error();
    expect_corrupt(error, first_segment, segment_header_bytes, "position 1");
    EXPECT_NE(error.message.find("payload's digest"), std::string::npos);
}

TEST(Verify, names_the_block_that_does_not_follow_from_the_events_before_it) {
    const TemporaryFolder folder;
    put_files(folder, {});
    const TestRecord record = numbered_record(1);
    const EventDraft draft = record.draft();
    const Record stored{.draft = &draft, .payload_digest = sha256(record.payload)};
    put_forged(folder, stored, {});
    const std::size_t second = fs::file_size(folder.segments()[0]);
    MerkleFrontier other;
    other.append(sha256("another event"));
    put_forged(folder, stored, other);
    const auto log = open_log(folder.log());
    ASSERT_EQ(log->head(shop)->position, 2u);
    expect_corrupt(log->verify(shop, {}).error(), first_segment, static_cast<std::int64_t>(second),
                   "position 1");
}

}  // namespace
}  // namespace meshline
