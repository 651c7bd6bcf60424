#pragma once

#include "base/result/result.hpp"
#include "core/warehouse/warehouse.hpp"
#include "drivers/duckdb/batch_rows.hpp"
#include "drivers/duckdb/engine.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

struct WarehouseOptions {
    /// What needs more is spilled to the data folder. With 640 MB, enrich cannot hold two million
    /// orders.
    std::int64_t memory_limit_mb = 896;
    int threads = 2;
    /// Makes the file anew, whatever is in it: the way out of an old or broken file.
    bool is_made_anew = false;
    /// Of a folder that cannot be written to. Without a file there it is empty.
    bool is_read_only = false;
};

/// The warehouse in one DuckDB file. All errors have the code warehouse.failed but
/// warehouse.other_tables (made by another version of Meshline) and warehouse.unsupported_type (a
/// query answers with a type that no figure may have, DOUBLE above all).
class DuckdbWarehouse final : public Warehouse {
  public:
    using Options = WarehouseOptions;

    static Result<std::unique_ptr<DuckdbWarehouse>> open(const std::string& path,
                                                         const Options& options);
    ~DuckdbWarehouse() override;

    Result<void> execute(std::string_view sql) override;
    Result<Rows> query(std::string_view sql) override;
    Result<void> load(const RowBatch& batch) override;
    Result<void> append(std::string_view table,
                        const std::vector<std::vector<std::optional<std::string>>>& rows) override;
    Result<void> append_numbers(std::string_view table, std::string_view text,
                                std::span<const std::uint64_t> numbers) override;
    Result<void> transact(const std::function<Result<void>()>& work) override;
    Result<void> reset() override;

  private:
    DuckdbWarehouse(std::string path, int threads, Engine engine);
    Result<void> run(const std::string& sql);
    Result<void> make_tables();
    Result<void> check_tables();
    Result<void> write_loaded();
    Result<void> insert(std::string_view table, std::shared_ptr<const BatchRows> rows);

    /// Rows that wait to be written together: DuckDB writes whole row groups on all cores and
    /// compresses them once, where small batches are copied twice on one core.
    static constexpr std::int64_t loaded_rows_max = 500'000;

    std::string path_;
    int threads_;
    // The statements of the engine read the source, so it is destroyed after them.
    std::unique_ptr<RowSource> source_;
    Engine engine_;
    std::map<std::string, std::vector<std::shared_ptr<const BatchRows>>> loaded_;
    std::int64_t loaded_rows_ = 0;
    bool is_in_transaction_ = false;
};

}  // namespace meshline
