#pragma once

#include "core/warehouse/transform.hpp"
#include "drivers/duckdb/compiled_transform.hpp"
#include "drivers/duckdb/function_catalog.hpp"
#include "drivers/duckdb/stream_program.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Users' transforms in DuckDB, each stream's in an instance of its own. Safe from several threads;
/// the programs it compiles are used by one thread at a time, and run beside each other.
class DuckdbTransforms final : public TransformEngine {
  public:
    explicit DuckdbTransforms(TransformOptions options = {}) : options_(options) {}

    Result<std::unique_ptr<StreamProgram>> compile(const StreamTransforms& stream) override;
    std::vector<Error> check(const StreamTransforms& stream) override;
    Result<std::map<Book, WrittenAttributes>> attributes(const StreamTransforms& stream) override;
    Result<FieldsByTransform> fields_read(const StreamTransforms& stream) override;

  private:
    Result<std::unique_ptr<StreamProgram>> compile(const StreamTransforms& stream,
                                                   std::vector<Error>& problems);
    Result<const FunctionCatalog*> functions(const Engine& engine);
    std::optional<JudgedTransform> judge(const TransformText& text, const StreamTransforms& stream,
                                         const Engine& engine, const FunctionCatalog& functions,
                                         std::vector<Error>& problems);

    TransformOptions options_;
    std::mutex mutex_;
    /// The same for every instance, so it is read from the first.
    std::optional<FunctionCatalog> functions_;
    /// What was judged once is good on every instance: each client and thread has its own of a
    /// stream. By all that judging looks at.
    std::map<std::string, JudgedTransform> judged_;
};

}  // namespace meshline
