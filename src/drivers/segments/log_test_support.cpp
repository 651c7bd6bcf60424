#include "drivers/segments/log_test_support.hpp"

#include "base/merkle/merkle.hpp"

#include <algorithm>
#include <bit>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <stdlib.h>
#include <unistd.h>

namespace meshline {
namespace {

Digest root_of(std::span<const Digest> leaves) {
    if (leaves.empty()) return merkle_empty_root();
    if (leaves.size() == 1) return leaves[0];
    const std::size_t left = std::bit_ceil(leaves.size()) / 2;
    return merkle_node(root_of(leaves.first(left)), root_of(leaves.subspan(left)));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    // Memory in place of a disk where there is such: these tests sync thousands of times, and no
    // test can cut the power anyway.
    const std::filesystem::path memory = "/dev/shm";
    const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
    const std::filesystem::path parent =
        has_memory ? memory : std::filesystem::temp_directory_path();
    std::string name = parent / "meshline-log-XXXXXX";
    path_ = ::mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::filesystem::path> TemporaryFolder::segments(const std::string& client) const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_ / "log" / client)) {
        if (entry.path().extension() == ".segment") found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
}

EventDraft TestRecord::draft() const {
    return {.source = "shopify",
            .stream = stream,
            .event_id = event_id,
            .object_id = object_id,
            .occurred_at = {occurred_at},
            .received_at = {occurred_at + 5'000'000},
            .has_revisions = has_revisions,
            .verdict = verdict,
            .contract_digest = sha256("contract"),
            .payload = payload};
}

TestRecord numbered_record(std::uint64_t number, std::size_t payload_bytes) {
    TestRecord record;
    record.event_id = std::to_string(number);
    record.object_id = "object " + std::to_string(number / 2);
    record.occurred_at += static_cast<std::int64_t>(number) * 1'000'000;
    record.payload = "{\"id\":" + std::to_string(number) + ",\"note\":\"";
    // Noise keeps the payload from being packed to nothing.
    std::uint64_t noise = number + 1;
    while (record.payload.size() + 2 < payload_bytes) {
        noise = noise * 6364136223846793005ULL + 1442695040888963407ULL;
        record.payload.push_back(static_cast<char>('a' + (noise >> 33) % 26));
    }
    record.payload += "\"}";
    return record;
}

std::vector<TestRecord> numbered_records(std::uint64_t first, std::uint64_t count) {
    std::vector<TestRecord> records;
    for (std::uint64_t number = first; number < first + count; ++number) {
        records.push_back(numbered_record(number));
    }
    return records;
}

std::unique_ptr<SegmentLog> open_log(const std::string& folder, const SegmentOptions& options) {
    Result<std::unique_ptr<SegmentLog>> log = SegmentLog::open(folder, options);
    EXPECT_TRUE(log.ok()) << render(log.error());
    return std::move(log).value();
}

SegmentOptions small_options() {
    return {.segment_bytes_max = 4096, .block_bytes_max = 600};
}

std::vector<EventDraft> drafts_of(const std::vector<TestRecord>& records) {
    std::vector<EventDraft> drafts;
    for (const TestRecord& record : records)
        drafts.push_back(record.draft());
    return drafts;
}

Result<std::vector<Appended>> try_append(EventLog& log, const std::vector<TestRecord>& records) {
    return log.append(shop, drafts_of(records));
}

Result<std::vector<Appended>> append_in_turn(EventLog& log, const std::vector<TestRecord>& records,
                                             Turn turn) {
    return log.append(shop, drafts_of(records), std::move(turn));
}

std::vector<Appended> append(EventLog& log, const std::vector<TestRecord>& records) {
    const Result<std::vector<Appended>> appended = try_append(log, records);
    EXPECT_TRUE(appended.ok()) << render(appended.error());
    return appended.ok() ? *appended : std::vector<Appended>();
}

Result<std::vector<StoredEvent>> try_read(EventLog& log, Position from, Position to) {
    MESHLINE_ASSIGN(const std::unique_ptr<EventCursor> cursor, log.read(shop, from, to));
    std::vector<StoredEvent> events;
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool is_there, cursor->next(event));
        if (!is_there) return events;
        events.push_back({event.position, std::string(event.stream), std::string(event.event_id),
                          std::string(event.payload), event.outcome});
    }
}

std::vector<StoredEvent> read_all(EventLog& log) {
    const Result<std::vector<StoredEvent>> events = try_read(log, 1, UINT64_MAX);
    EXPECT_TRUE(events.ok()) << render(events.error());
    return events.ok() ? *events : std::vector<StoredEvent>();
}

Digest naive_root(EventLog& log, Position position) {
    std::vector<Digest> leaves;
    const auto cursor = log.read(shop, 1, position).value();
    Event event;
    std::string leaf;
    while (cursor->next(event).value()) {
        encode_leaf(shop, event, leaf);
        leaves.push_back(merkle_leaf(leaf));
    }
    return root_of(leaves);
}

std::string file_bytes(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace meshline
