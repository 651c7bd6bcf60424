#pragma once

#include "core/warehouse/transform.hpp"
#include "drivers/duckdb/batch_rows.hpp"
#include "drivers/duckdb/check_rows.hpp"
#include "drivers/duckdb/compiled_transform.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/input_relation.hpp"
#include "drivers/duckdb/sql_functions.hpp"
#include "drivers/duckdb/statement_limit.hpp"

#include <memory>
#include <string>
#include <vector>

namespace meshline {

struct TransformOptions {
    /// Of one program; a batch that needs more is cut smaller.
    std::int64_t memory_limit_mb = 512;
    /// Of one statement over a part of a batch; past it the run ends with transform.too_slow. It is
    /// no failure of an event: which events count must not depend on how fast a machine is.
    std::chrono::milliseconds statement_time_max = meshline::statement_time_max;
};

/// One stream's transforms in a DuckDB instance of their own, in memory, that reaches nothing
/// outside.
class DuckdbStreamProgram final : public StreamProgram {
  public:
    /// The instance with `input` and the functions, and no transform yet.
    static Result<std::unique_ptr<DuckdbStreamProgram>> open(const StreamTransforms& stream,
                                                             const TransformOptions& options);
    const Engine& engine() const { return engine_; }
    void add_transform(CompiledTransform transform);
    /// Payload fields that no transform reads, and that the stream does not need, are null from now
    /// on. `stream` is the one that it was opened with.
    void leave_out_unread_fields(const StreamTransforms& stream);
    /// No setting changes any more; before the first statement of an author runs.
    Result<void> lock();

    Result<void> add(const Event& event, JsonValue payload) override;
    std::int64_t size() const override { return static_cast<std::int64_t>(input_->size()); }
    Result<TransformOutput> run() override;

  private:
    DuckdbStreamProgram(const StreamTransforms& stream, Engine engine,
                        std::unique_ptr<InputRelation> input, const TransformOptions& options);
    Error too_slow(const SqlSource& source, std::size_t event_count) const;
    Result<std::vector<ChunkHandle>> run_all(const CompiledTransform& transform);
    Result<std::vector<ChunkHandle>> run_part(const CompiledTransform& transform,
                                              InputRelation::Range range, Error& refusal);
    std::unique_ptr<RowBatch> batch_of(const CompiledTransform& transform,
                                       std::vector<ChunkHandle> chunks) const;

    std::string client_;
    std::string source_;
    std::string stream_;
    // What the statements look at is destroyed after the instance that holds them.
    std::unique_ptr<FunctionContext> context_;
    std::unique_ptr<InputRelation> input_;
    Engine engine_;
    StatementLimit limit_;
    std::vector<CompiledTransform> transforms_;
    Failures failures_;
};

}  // namespace meshline
