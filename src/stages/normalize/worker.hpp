#pragma once

#include "core/captures/capture_history.hpp"
#include "core/warehouse/transform.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/normalize/batch.hpp"
#include "stages/normalize/drift.hpp"
#include "stages/normalize/missing_columns.hpp"
#include "stages/normalize/rejected.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace meshline {

/// Judges, shreds and transforms batches, with compiled programs of its own. One thread each.
class NormalizeWorker {
  public:
    /// What it is given must outlive it.
    NormalizeWorker(const ClientDefinition& client, TransformEngine& engine,
                    const CaptureHistory& captures)
        : client_(client), engine_(engine), captures_(captures) {}
    /// Failed events that keep their contract now are dated by their records. Error when a
    /// transform does not compile.
    Result<NormalizedBatch> run(LogBatch& batch);

  private:
    /// One stream as the worker knows it; no stream when the workspace does not name it.
    struct StreamState {
        const SourceDefinition* source = nullptr;
        const StreamDefinition* stream = nullptr;
        ReadOptions read;
        Digest judgement;
        std::unique_ptr<StreamProgram> program;
        std::unique_ptr<DriftCounter> drift;
        std::unique_ptr<MissingColumns> missing;
        /// The events that the program holds, by position.
        std::map<Position, const Event*> added;
        std::vector<Revised> revised;
    };

    Result<StreamState*> state_of(std::string_view source, std::string_view stream);
    /// Whether the record breaks its contract, for which it is rejected.
    bool breaks_contract(const Event& event, JsonValue record, StreamState& state,
                         NormalizedBatch& out) const;
    Result<void> take(Event& event, StreamState& state, NormalizedBatch& out);
    /// An event of the reserved source.
    void take_decision(const Event& event, NormalizedBatch& out);
    Result<void> finish(StreamState& state, NormalizedBatch& out);

    const ClientDefinition& client_;
    TransformEngine& engine_;
    const CaptureHistory& captures_;
    JsonDocument document_;
    std::map<std::pair<std::string, std::string>, StreamState> streams_;
};

}  // namespace meshline
