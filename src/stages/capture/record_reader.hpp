#pragma once

#include "base/result/result.hpp"
#include "core/ports/input_file.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// One record cut out of a file: `bytes` [begin, begin + size) of its batch.
struct RawRecord {
    std::size_t begin = 0;
    std::size_t size = 0;
    /// Line of its first byte from 1; in a JSON document the record's number from 1.
    std::int64_t line = 0;
    /// The same, but no two of a file are equal: it goes on from the first of several on a line.
    std::int64_t number = 0;
    /// Why it cannot be a record; empty for good ones.
    std::string problem;
};

struct RecordBatch {
    std::string bytes;
    std::vector<RawRecord> records;
    std::vector<std::int64_t> skipped;  ///< Lines of rows that the source says are no records.

    void clear();
    bool is_empty() const { return records.empty() && skipped.empty(); }
    void add(std::string_view record, std::int64_t line, std::string problem = {});
    /// The same of a record of any size: of one over the limit the first bytes are kept.
    void add_limited(std::string_view record, std::int64_t line, std::string problem = {});
    std::string_view text(const RawRecord& record) const {
        return std::string_view(bytes).substr(record.begin, record.size);
    }
    bool is_full() const;
};

/// Larger records are failed events of which the first `kept_bytes_max` bytes are kept.
inline constexpr std::size_t record_bytes_max = 16u << 20;
inline constexpr std::size_t kept_bytes_max = 64u << 10;
/// Says so of a record of `size` bytes.
std::string oversized(std::size_t size);
/// A JSON document that is no NDJSON is read whole.
inline constexpr std::size_t document_bytes_max = 512u << 20;

/// Cuts one file into records.
class RecordReader {
  public:
    virtual ~RecordReader() = default;
    /// Fills the batch (cleared first); false when the file is at its end and the batch is empty.
    virtual Result<bool> next(RecordBatch& batch) = 0;
};

/// Whether a file that nobody named, in a folder, is one of records: .csv, .tsv, .json, .jsonl or
/// .ndjson, also compressed (.gz, .zst, .zstd).
bool is_record_file(std::string_view name);

enum class FileFormat : std::uint8_t { ndjson, json, csv };

/// A file read in pieces, with its beginning looked at before. Lines are cut without copying more
/// than the unfinished rest.
class LineSource {
  public:
    explicit LineSource(std::unique_ptr<InputFile> file) : file_(std::move(file)) {}

    /// Reads on until the buffer holds `size` bytes or the file ends.
    Result<void> fill(std::size_t size);
    std::string_view buffered() const { return {buffer_.get() + begin_, end_ - begin_}; }
    bool is_at_end() const { return is_at_end_; }
    /// Drops `size` bytes from the front of buffered().
    void consume(std::size_t size);

  private:
    void make_room(std::size_t size);

    std::unique_ptr<InputFile> file_;
    /// Of no size of its own and not filled with zeros, which would cost as much as reading.
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool is_at_end_ = false;
};

/// What a stream's files look like.
struct FileShape {
    std::vector<std::string> envelopes;  ///< Of JSON.
    /// Columns that its fields are read from; a table that has none of them has no header.
    std::vector<std::string> columns;
    /// Rows that are no records, each by the texts in some of its columns.
    std::vector<std::map<std::string, std::string>> skip_rows;
};

/// Tells the format from the name's ending and the first bytes.
Result<std::unique_ptr<RecordReader>> open_records(std::unique_ptr<InputFile> file,
                                                   const std::string& name, FileShape shape);

std::unique_ptr<RecordReader> make_ndjson_reader(LineSource source,
                                                 std::vector<std::string> envelopes);
Result<std::unique_ptr<RecordReader>> make_csv_reader(LineSource source, const FileShape& shape);
Result<std::unique_ptr<RecordReader>> make_json_reader(LineSource source,
                                                       std::vector<std::string> envelopes);

}  // namespace meshline
