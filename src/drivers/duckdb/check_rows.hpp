#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/compiled_transform.hpp"
#include "drivers/duckdb/event_batch.hpp"
#include "drivers/duckdb/handles.hpp"
#include "drivers/duckdb/input_relation.hpp"
#include "drivers/duckdb/sql_functions.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

struct Fault {
    Error error;
    std::string unknown_currency;  ///< As TransformFailure has it.
};

/// Why events fail, by position; the first reason found for an event stays.
using Failures = std::map<Position, Fault>;

/// The keys of the rows that a batch has made so far for one table and book: no event may make the
/// same (entry_type, line_no) twice, whichever transform makes it.
class RowKeys {
  public:
    /// False when the key is there already.
    bool add(std::size_t event, std::size_t kind, std::int32_t line_no);

  private:
    void grow();
    /// Open addressing; 0 is an empty slot, so keys are stored plus one.
    std::vector<std::uint64_t> slots_;
    std::size_t size_ = 0;
};

/// A position among the rows that is not one of the events in `range`: the statement that made them
/// confuses events. Nothing when there is none.
std::optional<std::string> find_stray_position(const std::vector<ChunkHandle>& chunks,
                                               const EventBatch& events,
                                               InputRelation::Range range);

/// Holds the rows against the rules of their relation: entry_type or record_type known, what is
/// required not null, a currency that is known, a date, times within the years 1 to 9999, keys
/// used once. Every position must be
/// that of an event.
void check_rows(const CompiledTransform& transform, const std::vector<ChunkHandle>& chunks,
                const FunctionContext& context, RowKeys& keys, Failures& failures);

/// The chunk's rows without those of failed events; an empty handle when none are left.
ChunkHandle without_failed(ChunkHandle chunk, const Failures& failures);

}  // namespace meshline
