#include "stages/capture/json_cutter.hpp"
#include "stages/capture/record_reader.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Documents of JSON, one after another: arrays of records, envelopes, records.
class JsonReader : public RecordReader {
  public:
    JsonReader(LineSource source, std::vector<std::string> envelopes)
        : source_(std::move(source)),
          envelopes_(std::move(envelopes)),
          cutter_(source_.buffered(), envelopes_) {}

    Result<bool> next(RecordBatch& batch) override {
        batch.clear();
        JsonCutter::Piece piece;
        while (!batch.is_full() && cutter_.next(piece))
            batch.add_limited(piece.bytes, ++number_, piece.problem);
        return !batch.records.empty();
    }

  private:
    LineSource source_;
    std::vector<std::string> envelopes_;
    JsonCutter cutter_;
    std::int64_t number_ = 0;
};

}  // namespace

Result<std::unique_ptr<RecordReader>> make_json_reader(LineSource source,
                                                       std::vector<std::string> envelopes) {
    MESHLINE_TRY(source.fill(document_bytes_max + 1));
    if (source.buffered().size() > document_bytes_max) {
        return Error{
            .kind = ErrorKind::exhausted,
            .code = "capture.document_too_large",
            .message = fmt::format("the JSON document is larger than {} bytes", document_bytes_max),
            .hint = "Write it as NDJSON, one record per line: that is read in pieces."};
    }
    return std::make_unique<JsonReader>(std::move(source), std::move(envelopes));
}

}  // namespace meshline
