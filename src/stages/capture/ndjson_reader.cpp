#include "stages/capture/json_cutter.hpp"
#include "stages/capture/record_reader.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::size_t window_bytes = 1u << 20;

class NdjsonReader : public RecordReader {
  public:
    NdjsonReader(LineSource source, std::vector<std::string> envelopes)
        : source_(std::move(source)), envelopes_(std::move(envelopes)) {}

    Result<bool> next(RecordBatch& batch) override {
        batch.clear();
        while (!batch.is_full()) {
            std::size_t end = source_.buffered().find('\n');
            if (end == std::string_view::npos) {
                MESHLINE_TRY(source_.fill(window_bytes));
                end = source_.buffered().find('\n');
            }
            const std::string_view text = source_.buffered();
            if (text.empty()) break;
            if (end != std::string_view::npos || source_.is_at_end()) {
                take_line(text.substr(0, std::min(end, text.size())), batch);
                source_.consume(std::min(end, text.size() - 1) + 1);
                continue;
            }
            MESHLINE_TRY(take_long_line(batch));
        }
        return !batch.records.empty();
    }

  private:
    void take_line(std::string_view line, RecordBatch& batch) {
        ++line_number_;
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == std::string_view::npos) return;
        if (!is_wrapped(line, envelopes_)) {
            batch.add_limited(line, line_number_);
            give_number(batch);
            return;
        }
        JsonCutter cutter(line, envelopes_);
        JsonCutter::Piece piece;
        while (cutter.next(piece)) {
            batch.add_limited(piece.bytes, line_number_, piece.problem);
            give_number(batch);
        }
    }

    /// Several records on a line must not be taken for those of the lines that follow.
    void give_number(RecordBatch& batch) {
        number_ = std::max(line_number_, number_ + 1);
        batch.records.back().number = number_;
    }

    /// A line that does not fit the window: read on up to the limit of a record, then skip the rest
    /// of it without keeping it.
    Result<void> take_long_line(RecordBatch& batch) {
        for (std::size_t wanted = 2 * window_bytes; wanted <= record_bytes_max; wanted *= 2) {
            MESHLINE_TRY(source_.fill(wanted));
            const std::string_view text = source_.buffered();
            const std::size_t end = text.find('\n');
            if (end == std::string_view::npos && !source_.is_at_end()) continue;
            take_line(text.substr(0, std::min(end, text.size())), batch);
            source_.consume(std::min(end, text.size() - 1) + 1);
            return {};
        }
        ++line_number_;
        const std::string head(source_.buffered().substr(0, kept_bytes_max));
        std::size_t size = 0;
        while (true) {
            MESHLINE_TRY(source_.fill(window_bytes));
            const std::string_view text = source_.buffered();
            const std::size_t end = text.find('\n');
            size += std::min(end, text.size());
            if (text.empty() || end != std::string_view::npos) {
                source_.consume(text.empty() ? 0 : end + 1);
                break;
            }
            source_.consume(text.size());
        }
        batch.add(head, line_number_, oversized(size));
        give_number(batch);
        return {};
    }

    LineSource source_;
    std::vector<std::string> envelopes_;
    std::int64_t line_number_ = 0;
    std::int64_t number_ = 0;  ///< Of the last record.
};

}  // namespace

std::unique_ptr<RecordReader> make_ndjson_reader(LineSource source,
                                                 std::vector<std::string> envelopes) {
    return std::make_unique<NdjsonReader>(std::move(source), std::move(envelopes));
}

}  // namespace meshline
