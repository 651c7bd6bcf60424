#pragma once

#include "base/json/json.hpp"
#include "core/model/event.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/capture/record_reader.hpp"

#include <deque>
#include <string>
#include <vector>

namespace meshline {

/// A record that did not keep its contract or could not be read, for the capture's report.
struct CaptureProblem {
    std::string file;
    std::int64_t number = 0;  ///< Line, or element of a JSON array.
    std::string message;
    std::size_t draft = 0;  ///< Its place in the batch.
};

/// A batch ready for the log. The drafts look into `batch` and `texts`.
struct PreparedBatch {
    RecordBatch batch;
    std::deque<std::string> texts;
    std::vector<EventDraft> drafts;
    /// The digests of the drafts' payloads, where the options want them.
    std::vector<Digest> digests;
    std::vector<CaptureProblem> problems;
    /// Nobody can read of which object one of the records is.
    bool has_unknown_object = false;
};

/// What the records of one file have in common.
struct PrepareOptions {
    const ClientDefinition& client;
    const SourceDefinition& source;
    const StreamDefinition& stream;
    std::string file_name;  ///< In identities by file and line.
    Instant received_at;
    bool wants_digests = false;
};

/// Parses, judges and identifies records. One thread each.
class Preparer {
  public:
    explicit Preparer(const PrepareOptions& options);

    /// Fills the rest of `prepared` anew from its batch.
    void prepare(PreparedBatch& prepared);

  private:
    void add(const RawRecord& record, PreparedBatch& out);
    void judge(EventDraft& draft, const RawRecord& record, JsonValue value, PreparedBatch& out);
    std::string place_of(const RawRecord& record) const;
    void fail(EventDraft& draft, const RawRecord& record, Verdict verdict,
              const std::string& message, PreparedBatch& out);

    const PrepareOptions& options_;
    ReadOptions read_;
    EventDraft blank_;  ///< What all drafts of the file have in common.
    JsonDocument document_;
};

}  // namespace meshline
