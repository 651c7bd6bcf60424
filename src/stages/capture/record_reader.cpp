#include "stages/capture/record_reader.hpp"

#include "base/json/json.hpp"
#include "stages/capture/file_names.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>

namespace meshline {
namespace {

/// A little less than a block of the log holds, and little enough to stay in the processor's caches
/// on its whole way.
constexpr std::size_t batch_bytes = 7u << 17;
constexpr std::size_t batch_records = 8192;
/// How much of a file is looked at to tell its format.
constexpr std::size_t sniff_bytes = 1u << 20;
constexpr std::size_t read_bytes = 1u << 20;
constexpr std::size_t heap_bytes_min = 4096;

bool ends_with(std::string_view name, std::string_view ending) {
    return name.ends_with(ending);
}

/// A line that a document over several lines breaks off after: an opening bracket, a comma, a
/// colon. A record of NDJSON ends with its closing brace, a damaged one almost anywhere.
bool is_broken_off(std::string_view line) {
    const std::size_t last = line.find_last_not_of(" \t\r");
    return last != std::string_view::npos &&
           std::string_view("{[,:").find(line[last]) != std::string_view::npos;
}

/// A JSON document over several lines has a first line that is no complete value. A damaged first
/// line of NDJSON looks much the same, so the following lines are asked too.
bool is_ndjson(std::string_view text) {
    JsonDocument document;
    for (int line = 0; line < 3 && !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view first = text.substr(0, end);
        if (is_broken_off(first)) return false;
        if (first.find_first_not_of(" \t\r") != std::string_view::npos &&
            document.parse(first, DuplicateKeys::last).ok()) {
            // A pretty-printed array has lines that are complete values of their own, like "1",
            // but they never are objects followed by nothing.
            return document.root().is(JsonType::object);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

FileFormat format_of(std::string_view name, std::string_view head) {
    name = plain_name(name);
    if (ends_with(name, ".ndjson") || ends_with(name, ".jsonl")) return FileFormat::ndjson;
    if (ends_with(name, ".csv") || ends_with(name, ".tsv")) return FileFormat::csv;
    const std::size_t begin = head.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return FileFormat::ndjson;
    if (head[begin] == '[') return FileFormat::json;
    if (head[begin] == '{')
        return is_ndjson(head.substr(begin)) ? FileFormat::ndjson : FileFormat::json;
    return ends_with(name, ".json") ? FileFormat::ndjson : FileFormat::csv;
}

}  // namespace

std::string oversized(std::size_t size) {
    return fmt::format("the record has {} bytes, the limit is {}", size, record_bytes_max);
}

bool is_record_file(std::string_view name) {
    name = plain_name(name);
    constexpr std::array endings = {".csv", ".tsv", ".json", ".jsonl", ".ndjson"};
    return std::any_of(endings.begin(), endings.end(),
                       [&](const char* ending) { return ends_with(name, ending); });
}

void RecordBatch::clear() {
    bytes.clear();
    records.clear();
    skipped.clear();
}

void RecordBatch::add(std::string_view record, std::int64_t line, std::string problem) {
    // Views into the bytes outlive moves of the batch only where the string lives on the heap.
    if (bytes.capacity() < heap_bytes_min) bytes.reserve(heap_bytes_min);
    records.push_back({bytes.size(), record.size(), line, line, std::move(problem)});
    bytes.append(record);
}

void RecordBatch::add_limited(std::string_view record, std::int64_t line, std::string problem) {
    if (record.size() <= record_bytes_max) {
        add(record, line, std::move(problem));
    } else {
        add(record.substr(0, kept_bytes_max), line, oversized(record.size()));
    }
}

bool RecordBatch::is_full() const {
    return bytes.size() >= batch_bytes || records.size() >= batch_records;
}

Result<void> LineSource::fill(std::size_t size) {
    while (!is_at_end_ && end_ - begin_ < size) {
        make_room(read_bytes);
        MESHLINE_ASSIGN(const std::size_t count, file_->read(buffer_.get() + end_, read_bytes));
        end_ += count;
        is_at_end_ = count == 0;
    }
    return {};
}

/// Makes room behind what is buffered, by moving it to the front or into a buffer twice as large.
void LineSource::make_room(std::size_t size) {
    if (capacity_ - end_ >= size) return;
    const std::string_view kept = buffered();
    if (kept.size() + size > capacity_) {
        capacity_ = std::max(2 * capacity_, kept.size() + size);
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
        std::ranges::copy(kept, larger.get());
        buffer_ = std::move(larger);
    } else {
        std::memmove(buffer_.get(), kept.data(), kept.size());
    }
    end_ = kept.size();
    begin_ = 0;
}

void LineSource::consume(std::size_t size) {
    begin_ += size;
}

Result<std::unique_ptr<RecordReader>> open_records(std::unique_ptr<InputFile> file,
                                                   const std::string& name, FileShape shape) {
    LineSource source(std::move(file));
    MESHLINE_TRY(source.fill(sniff_bytes));
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (source.buffered().starts_with(byte_order_mark)) source.consume(byte_order_mark.size());
    if (source.buffered().starts_with("\xFF\xFE") || source.buffered().starts_with("\xFE\xFF")) {
        return Error{.code = "capture.utf16",
                     .message = fmt::format("\"{}\" is UTF-16 text", name),
                     .hint = "Save it as UTF-8 and capture it again."}
            .at({.file = name, .offset = 0});
    }
    switch (format_of(name, source.buffered())) {
        case FileFormat::ndjson:
            return make_ndjson_reader(std::move(source), std::move(shape.envelopes));
        case FileFormat::csv:
            return make_csv_reader(std::move(source), shape);
        case FileFormat::json:
            break;
    }
    return make_json_reader(std::move(source), std::move(shape.envelopes));
}

}  // namespace meshline
