#pragma once

#include "base/json/json.hpp"
#include "base/result/result.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/sql_source.hpp"

namespace meshline {

/// DuckDB's plan of a transform, in which every expression stands with its type, and every cast,
/// those that nobody wrote too; as json_serialize_plan() writes it.
class BoundPlan {
  public:
    /// Error transform.too_large for a plan that cannot be written down.
    static Result<BoundPlan> ask(const Engine& engine, const SqlSource& source);

    JsonValue root() const;

  private:
    JsonDocument document_;
};

}  // namespace meshline
