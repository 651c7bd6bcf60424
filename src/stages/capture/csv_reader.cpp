#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "stages/capture/record_reader.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <set>

namespace meshline {
namespace {

constexpr std::size_t window_bytes = 1u << 20;

/// One parsed record: its fields with quotes resolved, and where it ends.
struct CsvRecord {
    std::vector<std::string> fields;
    std::size_t field_count = 0;
    std::size_t size = 0;  ///< Bytes including the line end.
    std::int64_t lines = 1;
    bool is_complete = false;  ///< False: the text ends inside it, or there is a `problem`.
    const char* problem = nullptr;
    std::size_t quote = 0;  ///< Where the last quoted field begins.

    std::string& next_field() {
        if (field_count == fields.size()) fields.emplace_back();
        std::string& field = fields[field_count++];
        field.clear();
        return field;
    }
};

/// RFC 4180, with what real exporters add: any line end, and quotes inside an unquoted field kept
/// as they are, but where the text is doubtful: there the field may be the rest of a quoted one.
void parse_record(std::string_view text, char delimiter, bool is_last, bool is_doubtful,
                  CsvRecord& record) {
    record.field_count = 0;
    record.lines = 1;
    record.is_complete = false;
    record.problem = nullptr;
    record.quote = 0;
    const std::array<char, 3> stops = {delimiter, '\n', '\r'};
    const std::string_view stop(stops.data(), stops.size());
    std::size_t at = 0;
    while (true) {
        std::string& field = record.next_field();
        std::size_t end = 0;
        if (at < text.size() && text[at] == '"') {
            record.quote = at++;
            while (true) {
                const std::size_t quote = text.find('"', at);
                end = std::min(quote, text.size());
                record.lines += std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                           text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
                field.append(text, at, end - at);
                if (quote == std::string_view::npos) return;
                at = quote + 1;
                // At the very end of the buffer a second quote may still follow.
                if (at == text.size() && !is_last) return;
                if (at == text.size() || text[at] != '"') break;
                field += '"';
                ++at;
            }
            end = at < text.size() ? at : std::string_view::npos;
            if (end != std::string_view::npos && stop.find(text[end]) == std::string_view::npos) {
                record.size = end;
                record.problem = "text follows a closing quote, or a quote before it is not closed";
                return;
            }
        } else {
            end = text.find_first_of(stop, at);
            field.append(text, at, std::min(end, text.size()) - at);
            if (is_doubtful && field.find('"') != std::string::npos) {
                record.size = std::min(end, text.size());
                record.quote = at;
                record.problem = "a quote stands inside a field, after one that is not closed";
                return;
            }
        }
        if (end == std::string_view::npos) {
            record.size = text.size();
            record.is_complete = is_last;
            return;
        }
        at = end + 1;
        if (text[end] == delimiter) continue;
        if (text[end] == '\r') {
            if (at == text.size() && !is_last) return;
            if (at < text.size() && text[at] == '\n') ++at;
        }
        record.size = at;
        record.is_complete = true;
        return;
    }
}

/// The delimiter that the header line holds most often outside quotes; a comma when none does.
char find_delimiter(std::string_view text) {
    std::array<std::pair<char, int>, 4> counts = {{{',', 0}, {';', 0}, {'\t', 0}, {'|', 0}}};
    bool is_quoted = false;
    for (const char letter : text) {
        if (letter == '"') is_quoted = !is_quoted;
        if (letter == '\n' && !is_quoted) break;
        for (auto& [delimiter, count] : counts)
            count += !is_quoted && letter == delimiter;
    }
    return std::max_element(
               counts.begin(), counts.end(),
               [](const auto& one, const auto& other) { return one.second < other.second; })
        ->first;
}

struct SaidDelimiter {
    char delimiter = ',';
    std::size_t size = 0;  ///< Of the line that says it.
};

/// A first line "sep=;", by which spreadsheets tell each other the delimiter.
std::optional<SaidDelimiter> said_delimiter(std::string_view text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > 1 && line.starts_with('"') && line.ends_with('"'))
        line = line.substr(1, line.size() - 2);
    constexpr std::string_view begin = "sep=";
    const bool is_said = line.size() == begin.size() + 1 &&
                         to_lower_ascii(line.substr(0, begin.size())) == begin &&
                         line.back() != '"';
    if (!is_said) return std::nullopt;
    return SaidDelimiter{line.back(), end + 1};
}

/// Without a header the first row would be taken for one, and lost.
Error no_header(const std::vector<std::string>& columns, const Place& where) {
    constexpr std::size_t shown_max = 5;
    std::vector<std::string> shown;
    for (std::size_t index = 0; index < std::min(columns.size(), shown_max); ++index)
        shown.push_back(fmt::format("\"{}\"", columns[index]));
    return Error{.code = "capture.no_header",
                 .message = "the first line names no column of the stream: it is no header",
                 .hint = fmt::format("The stream's columns are {}{}: write a header line into the"
                                     " file, or map its columns in the source.",
                                     join(shown, ", "), columns.size() > shown_max ? ", ..." : ""),
                 .where = where};
}

class CsvReader : public RecordReader {
  public:
    static Result<std::unique_ptr<RecordReader>> open(LineSource source, const FileShape& shape) {
        auto reader = std::unique_ptr<CsvReader>(new CsvReader(std::move(source)));
        MESHLINE_TRY(reader->read_header(shape.columns));
        reader->mark_skipped(shape.skip_rows);
        return std::unique_ptr<RecordReader>(std::move(reader));
    }

    Result<bool> next(RecordBatch& batch) override {
        batch.clear();
        while (!batch.is_full()) {
            if (broken_bytes_ > 0) {
                take_broken_line(batch);
                continue;
            }
            MESHLINE_TRY(parse_next());
            if (source_.buffered().empty()) break;
            if (record_.is_complete) {
                take_record(batch);
            } else {
                break_off();
            }
        }
        return !batch.is_empty();
    }

  private:
    /// Texts by the place of their column.
    using PlacedMark = std::vector<std::pair<std::size_t, std::string>>;

    explicit CsvReader(LineSource source) : source_(std::move(source)) {}

    /// Parses the record at the front, reading on while it is longer than what is buffered.
    Result<void> parse_next() {
        for (std::size_t wanted = window_bytes; wanted <= 2 * record_bytes_max; wanted *= 2) {
            MESHLINE_TRY(source_.fill(wanted));
            const std::string_view text = source_.buffered();
            parse_record(text, delimiter_, source_.is_at_end(), doubtful_bytes_ > 0, record_);
            const bool is_known =
                record_.is_complete ||
                (record_.problem != nullptr && end_of_line(text, record_.quote) < text.size());
            if (is_known || source_.is_at_end()) return {};
        }
        return {};
    }

    Result<void> read_header(const std::vector<std::string>& columns) {
        MESHLINE_TRY(source_.fill(window_bytes));
        delimiter_ = find_delimiter(source_.buffered());
        if (const auto said = said_delimiter(source_.buffered())) {
            delimiter_ = said->delimiter;
            source_.consume(said->size);
            ++line_number_;
        }
        MESHLINE_TRY(parse_next());
        if (source_.buffered().empty()) return {};
        const Place header{.line = static_cast<int>(line_number_)};
        if (!record_.is_complete) {
            return Error{.code = "capture.unclosed_header",
                         .message = "a quote of the header is not closed where its field ends",
                         .hint = "Close it in the file, or take it out.",
                         .where = header};
        }
        MESHLINE_TRY(name_columns(header));
        const auto is_named = [&](const std::string& column) {
            return std::ranges::find(names_, column) != names_.end();
        };
        if (!columns.empty() && std::ranges::none_of(columns, is_named))
            return no_header(columns, header);
        line_number_ += record_.lines;
        consume(record_.size);
        return {};
    }

    Result<void> name_columns(const Place& header) {
        std::set<std::string> seen;
        for (std::size_t index = 0; index < record_.field_count; ++index) {
            std::string name(trim(record_.fields[index]));
            if (find_invalid_utf8(name)) {
                return Error{.code = "capture.invalid_utf8",
                             .message = "the header is not UTF-8 text",
                             .hint =
                                 "Save the file as UTF-8 and capture it again: iconv -f LATIN1 -t "
                                 "UTF-8 FILE >NEW.",
                             .where = header};
            }
            if (name.empty()) name = fmt::format("column_{}", index + 1);
            if (!seen.insert(name).second) {
                return Error{.code = "capture.duplicate_column",
                             .message = fmt::format("the header names column \"{}\" twice", name),
                             .hint = "Rename one of them in the file.",
                             .where = header};
            }
            std::string key = index == 0 ? "{" : ",";
            append_json_string(key, name);
            keys_.push_back(key + ":");
            names_.push_back(std::move(name));
        }
        return {};
    }

    void mark_skipped(const std::vector<std::map<std::string, std::string>>& marks) {
        for (const auto& mark : marks) {
            PlacedMark placed;
            for (const auto& [column, text] : mark) {
                const auto found = std::ranges::find(names_, column);
                if (found == names_.end()) break;
                placed.emplace_back(std::distance(names_.begin(), found), text);
            }
            // A table without one of the columns has no row with the mark.
            if (placed.size() == mark.size()) skip_rows_.push_back(std::move(placed));
        }
    }

    /// Also of a row with fewer fields than the header: totals often are.
    bool is_skipped() const {
        return std::ranges::any_of(skip_rows_, [&](const PlacedMark& mark) {
            return std::ranges::all_of(mark, [&](const auto& part) {
                const auto& [index, text] = part;
                return index < record_.field_count && trim(record_.fields[index]) == text;
            });
        });
    }

    void take_record(RecordBatch& batch) {
        const std::string_view verbatim = source_.buffered().substr(0, record_.size);
        const std::int64_t number = line_number_;
        line_number_ += record_.lines;
        const bool is_blank = record_.field_count == 1 && trim(verbatim).empty();
        if (is_skipped()) {
            batch.skipped.push_back(number);
        } else if (!is_blank || keys_.size() == 1) {
            add_fields(verbatim, number, batch);
        }
        consume(record_.size);
    }

    void add_fields(std::string_view verbatim, std::int64_t number, RecordBatch& batch) {
        while (!verbatim.empty() && (verbatim.back() == '\n' || verbatim.back() == '\r')) {
            verbatim.remove_suffix(1);
        }
        if (verbatim.size() > record_bytes_max) {
            batch.add_limited(verbatim, number);
        } else if (record_.field_count != keys_.size()) {
            batch.add(verbatim, number,
                      fmt::format("the row has {} fields, the header has {}", record_.field_count,
                                  keys_.size()));
        } else if (const auto offset = find_invalid_utf8(verbatim)) {
            batch.add(verbatim, number,
                      fmt::format(
                          "byte {} of the row is not UTF-8: convert the file, as by iconv -f LATIN1"
                          " -t UTF-8",
                          *offset + 1));
        } else if (verbatim.find('\0') != std::string_view::npos) {
            batch.add(verbatim, number, "the row holds a NUL byte");
        } else {
            json_.clear();
            for (std::size_t index = 0; index < keys_.size(); ++index) {
                json_ += keys_[index];
                append_json_string(json_, record_.fields[index]);
            }
            json_ += '}';
            batch.add(json_, number);
        }
    }

    /// A quote that is not closed where its field ends would swallow the rows up to the next quote,
    /// or the rest of the file: the lines up to the one that it stands in are failed records, each
    /// for itself, and reading starts again on the next. What the quote seems to hold stays
    /// doubtful: it may be rows, or the text of a field whose own quotes are not doubled.
    void break_off() {
        const std::string_view text = source_.buffered();
        if (record_.problem == nullptr) {
            record_.problem = "a quote is never closed";
            record_.size = text.size();
        }
        broken_bytes_ = end_of_line(text, record_.quote);
        doubtful_bytes_ = std::max(doubtful_bytes_, record_.size);
    }

    void take_broken_line(RecordBatch& batch) {
        const std::size_t size = end_of_line(source_.buffered().substr(0, broken_bytes_), 0);
        std::string_view line = source_.buffered().substr(0, size);
        line = line.substr(0, line.find_last_not_of("\r\n") + 1);
        if (!trim(line).empty()) batch.add_limited(line, line_number_, record_.problem);
        ++line_number_;
        consume(size);
        broken_bytes_ -= size;
    }

    /// Where the line ends that holds the byte `at`, its line end included; the text's own end
    /// where it has none, or one that may be half of one.
    static std::size_t end_of_line(std::string_view text, std::size_t at) {
        const std::size_t end = text.find_first_of("\r\n", at);
        if (end >= text.size() - 1) return text.size();
        return text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
    }

    void consume(std::size_t size) {
        source_.consume(size);
        doubtful_bytes_ -= std::min(doubtful_bytes_, size);
    }

    LineSource source_;
    char delimiter_ = ',';
    std::vector<std::string> names_;  ///< Of the columns.
    std::vector<std::string> keys_;   ///< The same as they stand in a record: {"id":
    std::vector<PlacedMark> skip_rows_;
    CsvRecord record_;
    std::string json_;
    std::int64_t line_number_ = 1;
    std::size_t broken_bytes_ = 0;    ///< From the front: lines of a record that is broken off.
    std::size_t doubtful_bytes_ = 0;  ///< From the front: what a quote not closed seems to hold.
};

}  // namespace

Result<std::unique_ptr<RecordReader>> make_csv_reader(LineSource source, const FileShape& shape) {
    return CsvReader::open(std::move(source), shape);
}

}  // namespace meshline
