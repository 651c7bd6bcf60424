#include "drivers/duckdb/duckdb_warehouse.hpp"

#include "base/hash/digest.hpp"
#include "base/text/embedded_file.hpp"
#include "base/text/text.hpp"
#include "drivers/duckdb/insert_order.hpp"
#include "drivers/duckdb/render_value.hpp"
#include "drivers/duckdb/text_rows.hpp"
#include "drivers/duckdb/warehouse_error.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <span>

namespace meshline {

std::span<const EmbeddedFile> warehouse_tables();

namespace {

// Which tables the file was made with: the digest of their definition. The warehouse can always be
// made again, so a changed table asks for a rebuild where a store of record would migrate.
constexpr const char* tables_mark = "warehouse_tables";

std::string_view tables_sql() {
    return warehouse_tables().front().bytes;
}

Result<void> remove_file(const std::string& path) {
    for (const std::string& file : {path, path + ".wal"}) {
        std::error_code reason;
        std::filesystem::remove(file, reason);
        if (reason) {
            return Error{.kind = ErrorKind::unavailable,
                         .code = "warehouse.failed",
                         .message = fmt::format("cannot remove the old file: {}", reason.message())}
                .at({.file = file});
        }
    }
    return {};
}

}  // namespace

DuckdbWarehouse::DuckdbWarehouse(std::string path, int threads, Engine engine)
    : path_(std::move(path)),
      threads_(threads),
      source_(std::make_unique<RowSource>()),
      engine_(std::move(engine)) {}

DuckdbWarehouse::~DuckdbWarehouse() {
    // What a failed checkpoint leaves in the write-ahead log is read when the file is opened next.
    static_cast<void>(engine_.query("checkpoint").ok());
}

Result<std::unique_ptr<DuckdbWarehouse>> DuckdbWarehouse::open(const std::string& path,
                                                               const Options& options) {
    if (options.is_made_anew) MESHLINE_TRY(remove_file(path));
    Engine::Settings settings = closed_settings(options.memory_limit_mb, options.threads);
    // A checkpoint stalls commits for as long as it takes, so it comes rarely; but what only the
    // write-ahead log holds stays in memory until then.
    settings.emplace_back("wal_autocheckpoint", "256MB");
    // Nothing here depends on the order of rows, and keeping it would lose rows: see the README.
    settings.emplace_back("preserve_insertion_order", "false");
    // The format of 1.4 brings a compression of strings that halves the work of a load.
    settings.emplace_back("storage_compatibility_version", "v1.4.0");
    std::string opened_path = path;
    if (options.is_read_only) {
        std::error_code reason;
        const bool is_there = std::filesystem::exists(path, reason);
        if (!is_there) opened_path.clear();
        if (is_there) settings.emplace_back("access_mode", "READ_ONLY");
        // Not taken any more once external access is closed.
        settings.insert(settings.begin(),
                        {"temp_directory", std::filesystem::temp_directory_path(reason).string()});
    }
    auto opened = Engine::open(opened_path, settings);
    if (const auto* reason = std::get_if<EngineError>(&opened)) {
        return warehouse_open_error(*reason, path);
    }
    std::unique_ptr<DuckdbWarehouse> warehouse(
        new DuckdbWarehouse(path, options.threads, std::move(std::get<Engine>(opened))));
    if (!warehouse->source_->attach(warehouse->engine_.connection())) {
        return warehouse_error({DUCKDB_ERROR_CATALOG, "cannot register the row source"}, path);
    }
    MESHLINE_TRY(warehouse->check_tables());
    return warehouse;
}

Result<void> DuckdbWarehouse::run(const std::string& sql) {
    QueryResult result = engine_.query(sql);
    if (!result.ok()) return warehouse_error(result.error(), path_);
    return {};
}

Result<void> DuckdbWarehouse::make_tables() {
    MESHLINE_TRY(run(std::string(tables_sql())));
    return run(
        fmt::format("create table {0} (digest varchar not null);"
                    "insert into {0} values ('{1}')",
                    tables_mark, sha256(tables_sql()).hex()));
}

Result<void> DuckdbWarehouse::check_tables() {
    MESHLINE_ASSIGN(const Rows tables, query("select table_name from duckdb_tables()"));
    if (tables.is_empty()) return transact([this] { return make_tables(); });
    const auto mark = query(fmt::format("select digest from {}", tables_mark));
    if (mark.ok() && mark->rows.size() == 1 && mark->text(0, 0) == sha256(tables_sql()).hex()) {
        return {};
    }
    // Damage is no other version, whatever it hides.
    if (!mark.ok() && mark.error().kind != ErrorKind::invalid) return mark.error();
    return Error{.kind = ErrorKind::conflict,
                 .code = "warehouse.other_tables",
                 .message = "the warehouse was made by another version of Meshline",
                 .hint = "Run `meshline run`: it makes the warehouse again from the log by itself."}
        .at({.file = path_});
}

Result<void> DuckdbWarehouse::execute(std::string_view sql) {
    MESHLINE_CHECK(!fills_in_order(sql));
    MESHLINE_TRY(write_loaded());
    return run(std::string(sql));
}

Result<Rows> DuckdbWarehouse::query(std::string_view sql) {
    MESHLINE_TRY(write_loaded());
    QueryResult result = engine_.query(std::string(sql));
    if (!result.ok()) return warehouse_error(result.error(), path_);
    Rows answer;
    std::vector<ColumnText> columns;
    for (idx_t i = 0; i < result.column_count(); ++i) {
        answer.columns.push_back(result.column_name(i));
        MESHLINE_ASSIGN(const ColumnText column,
                        ColumnText::of(answer.columns.back(), result.column_type(i)));
        columns.push_back(column);
    }
    while (ChunkHandle chunk = result.fetch()) {
        const idx_t row_count = duckdb_data_chunk_get_size(chunk.get());
        const std::size_t first_row = answer.rows.size();
        answer.rows.resize(first_row + row_count);
        for (idx_t row = 0; row < row_count; ++row) {
            answer.rows[first_row + row].reserve(columns.size());
        }
        for (idx_t i = 0; i < columns.size(); ++i) {
            columns[i].append(duckdb_data_chunk_get_vector(chunk.get(), i), row_count, answer.rows,
                              first_row);
        }
    }
    return answer;
}

Result<void> DuckdbWarehouse::load(const RowBatch& batch) {
    const auto* rows = dynamic_cast<const DuckdbRowBatch*>(&batch);
    MESHLINE_CHECK(rows != nullptr);
    if (rows->row_count() == 0) return {};
    loaded_[rows->relation()].push_back(rows->rows());
    loaded_rows_ += rows->row_count();
    if (is_in_transaction_ && loaded_rows_ < loaded_rows_max) return {};
    return write_loaded();
}

Result<void> DuckdbWarehouse::write_loaded() {
    if (loaded_.empty()) return {};
    const auto loaded = std::exchange(loaded_, {});
    loaded_rows_ = 0;
    // On one thread, that of the caller. DuckDB would give the work to another one and let the
    // caller spin meanwhile, on the core that the transforms of the next batch need.
    MESHLINE_TRY(run("set threads = 1"));
    Result<void> written;
    for (const auto& [relation, batches] : loaded) {
        std::vector<std::string> names;
        for (const BatchColumn& column : batches.front()->columns) {
            names.push_back(quote_identifier(column.name));
        }
        source_->offer(batches);
        written =
            run(fmt::format("insert into {} ({}) select * from {}()", quote_identifier(relation),
                            join(names, ", "), RowSource::function_name));
        source_->offer({});
        if (!written.ok()) break;
    }
    MESHLINE_TRY(run(fmt::format("set threads = {}", threads_)));
    return written;
}

Result<void> DuckdbWarehouse::append(
    std::string_view table, const std::vector<std::vector<std::optional<std::string>>>& rows) {
    // Rows that wait to be loaded go on waiting: a table has no order.
    if (rows.empty()) return {};
    MESHLINE_ASSIGN(auto batch, text_rows(rows));
    return insert(table, std::move(batch));
}

Result<void> DuckdbWarehouse::append_numbers(std::string_view table, std::string_view text,
                                             std::span<const std::uint64_t> numbers) {
    if (numbers.empty()) return {};
    return insert(table, number_rows(text, numbers));
}

Result<void> DuckdbWarehouse::insert(std::string_view table,
                                     std::shared_ptr<const BatchRows> rows) {
    source_->offer({std::move(rows)});
    auto written = run(fmt::format("insert into {} select * from {}()", quote_identifier(table),
                                   RowSource::function_name));
    source_->offer({});
    return written;
}

Result<void> DuckdbWarehouse::transact(const std::function<Result<void>()>& work) {
    // Work inside work is part of the transaction that is open already.
    if (is_in_transaction_) return work();
    MESHLINE_TRY(run("begin transaction"));
    is_in_transaction_ = true;
    Result<void> done = work();
    if (done.ok()) done = write_loaded();
    if (done.ok()) done = run("commit");
    if (!done.ok()) {
        loaded_.clear();
        loaded_rows_ = 0;
        // A commit that failed has ended the transaction; then there is nothing to roll back.
        static_cast<void>(engine_.query("rollback").ok());
    }
    is_in_transaction_ = false;
    return done;
}

Result<void> DuckdbWarehouse::reset() {
    loaded_.clear();
    loaded_rows_ = 0;
    return transact([this]() -> Result<void> {
        MESHLINE_ASSIGN(const Rows tables,
                        query("select table_name from duckdb_tables() order by 1"));
        for (std::size_t row = 0; row < tables.rows.size(); ++row) {
            MESHLINE_TRY(run(fmt::format("drop table {}", quote_identifier(tables.text(row, 0)))));
        }
        return make_tables();
    });
}

}  // namespace meshline
