#include "stages/capture/prepare.hpp"

#include "base/json/json.hpp"
#include "core/records/identify.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

class Preparer {
  public:
    Preparer(const PrepareOptions& options, PreparedBatch& out) : options_(options), out_(out) {
        static const ReadOptions no_options;
        const auto found = options.source.read.find(options.stream.name);
        read_ = found == options.source.read.end() ? &no_options : &found->second;
        judgement_ = judgement_digest(options.stream, options.source.head.digest);
    }

    void add(const RawRecord& record) {
        EventDraft draft;
        draft.source = options_.source.head.name;
        draft.stream = options_.stream.name;
        draft.received_at = options_.received_at;
        draft.occurred_at = options_.received_at;
        draft.has_revisions = options_.stream.identity.has_revisions();
        draft.contract_digest = judgement_;
        draft.payload = out_.batch.text(record);
        if (!record.problem.empty()) {
            fail(draft, record, Verdict::unreadable, record.problem);
        } else if (auto parsed = document_.parse(draft.payload); !parsed.ok()) {
            fail(draft, record, Verdict::unreadable,
                 fmt::format("{} at byte {}", parsed.error().message,
                             parsed.error().where.offset + 1));
        } else {
            judge(draft, record, *parsed);
        }
        out_.drafts.push_back(draft);
    }

  private:
    void judge(EventDraft& draft, const RawRecord& record, JsonValue value) {
        const Identity& identity = options_.stream.identity;
        const auto violations = options_.stream.contract->judge(value, *read_);
        auto event_id = identity.is_file_line
                            ? fmt::format("{}:{}", options_.file_name, record.number)
                            : identity_at(value, identity.event_id, *read_);
        auto object_id =
            identity.object_id.empty() ? event_id : identity_at(value, identity.object_id, *read_);
        if (object_id) draft.object_id = keep(*object_id);
        if (!violations.empty()) {
            fail(draft, record, Verdict::broken,
                 fmt::format("{}{}{}", violations.front().instance_path,
                             violations.front().instance_path.empty() ? "" : ": ",
                             violations.front().message));
        } else if (!event_id || !object_id) {
            fail(draft, record, Verdict::broken, "the record has no identity");
        } else {
            draft.event_id = keep(std::move(*event_id));
            const auto happened =
                occurred_at(value, options_.stream, *read_, options_.client.calendar);
            if (happened) draft.occurred_at = *happened;
        }
    }

    /// A failed event is known by its bytes, so it never claims the identity of the good record
    /// that may follow, and capturing it again changes nothing.
    void fail(EventDraft& draft, const RawRecord& record, Verdict verdict,
              const std::string& message) {
        draft.verdict = verdict;
        draft.event_id = keep("failed/" + sha256(draft.payload).hex());
        if (draft.object_id.empty()) {
            draft.object_id = keep(fmt::format("{}:{}", options_.file_name, record.number));
        }
        out_.problems.push_back({options_.file_name, record.number, message, out_.drafts.size()});
    }

    std::string_view keep(std::string text) { return out_.texts.emplace_back(std::move(text)); }

    const PrepareOptions& options_;
    PreparedBatch& out_;
    const ReadOptions* read_ = nullptr;
    Digest judgement_;
    JsonDocument document_;
};

}  // namespace

PreparedBatch prepare(RecordBatch batch, const PrepareOptions& options) {
    PreparedBatch prepared;
    prepared.batch = std::move(batch);
    prepared.drafts.reserve(prepared.batch.records.size());
    Preparer preparer(options, prepared);
    for (const RawRecord& record : prepared.batch.records)
        preparer.add(record);
    return prepared;
}

}  // namespace meshline
