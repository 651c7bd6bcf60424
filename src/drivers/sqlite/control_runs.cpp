#include "drivers/sqlite/sqlite_control.hpp"

namespace meshline {
namespace {

std::optional<std::int64_t> days_of(const std::optional<BusinessDate>& date) {
    if (!date) return std::nullopt;
    return date->days;
}

std::optional<BusinessDate> date_of(const std::optional<std::int64_t>& days) {
    if (!days) return std::nullopt;
    return BusinessDate{static_cast<std::int32_t>(*days)};
}

constexpr const char* result_columns =
    "select run_id, client_id, check_name, check_digest, subject, severity, is_passed, "
    "failing_rows, measured, sample, from_on, to_on from check_results ";

Result<std::vector<CheckResult>> read_results(Statement& select) {
    std::vector<CheckResult> results;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return results;
        CheckResult result;
        result.run = RunId(select.text(0));
        result.client = ClientId(select.text(1));
        result.check = select.text(2);
        MESHLINE_ASSIGN(result.check_digest, select.digest(3));
        result.subject = select.text(4);
        result.severity = select.text(5);
        result.is_passed = select.integer(6) != 0;
        result.failing_rows = select.integer(7);
        result.measured = select.text(8);
        result.sample = select.text(9);
        result.from = date_of(select.optional_integer(10));
        result.to = date_of(select.optional_integer(11));
        results.push_back(std::move(result));
    }
}

/// The row of run_id, started_at, finished_at, outcome and log_position, if there is one.
Result<std::optional<RunRecord>> read_run(Statement& select, const ClientId& client) {
    select.bind(client.text());
    MESHLINE_ASSIGN(const bool has_row, select.step());
    if (!has_row) return std::optional<RunRecord>();
    RunRecord run{.id = RunId(std::string(select.text(0))),
                  .client = client,
                  .started_at = Instant{select.integer(1)},
                  .finished_at = {},
                  .outcome = std::string(select.text(3)),
                  .log_position = static_cast<Position>(select.integer(4))};
    if (const auto finished_at = select.optional_integer(2))
        run.finished_at = Instant{*finished_at};
    return std::optional(std::move(run));
}

}  // namespace

Result<std::int64_t> SqliteControl::run_count() {
    Statement select = database_.prepare("select count(*) from runs");
    MESHLINE_TRY(select.step());
    return select.integer(0);
}

Result<void> SqliteControl::begin_run(const RunRecord& run) {
    Statement insert = database_.prepare(
        "insert into runs (run_id, client_id, started_at, outcome, log_position)"
        " values (?, ?, ?, ?, ?)");
    insert.bind(run.id.text())
        .bind(run.client.text())
        .bind(run.started_at.micros)
        .bind(run.outcome)
        .bind(run.log_position);
    return insert.run();
}

Result<void> SqliteControl::finish_run(const RunId& run, Instant at, std::string_view outcome) {
    Statement update =
        database_.prepare("update runs set finished_at = ?, outcome = ? where run_id = ?");
    update.bind(at.micros).bind(outcome).bind(run.text());
    return update.run();
}

Result<std::optional<RunRecord>> SqliteControl::last_finished_run(const ClientId& client) {
    Statement select = database_.prepare(
        "select run_id, started_at, finished_at, outcome, log_position from runs"
        " where client_id = ? and outcome = 'done' order by rowid desc limit 1");
    return read_run(select, client);
}

Result<std::optional<RunRecord>> SqliteControl::last_run(const ClientId& client) {
    Statement select = database_.prepare(
        "select run_id, started_at, finished_at, outcome, log_position from runs"
        " where client_id = ? order by rowid desc limit 1");
    return read_run(select, client);
}

Result<void> SqliteControl::save_check_results(const std::vector<CheckResult>& results) {
    return database_.transact([&]() -> Result<void> {
        Statement insert = database_.prepare(
            "insert into check_results (run_id, client_id, check_name, check_digest, subject,"
            " severity, is_passed, failing_rows, measured, sample, from_on, to_on)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (const CheckResult& result : results) {
            insert.reset();
            insert.bind(result.run.text())
                .bind(result.client.text())
                .bind(result.check)
                .bind(result.check_digest)
                .bind(result.subject)
                .bind(result.severity)
                .bind(result.is_passed ? 1 : 0)
                .bind(result.failing_rows)
                .bind(result.measured)
                .bind(result.sample)
                .bind(days_of(result.from))
                .bind(days_of(result.to));
            MESHLINE_TRY(insert.run());
        }
        return {};
    });
}

Result<std::vector<CheckResult>> SqliteControl::latest_check_results(const ClientId& client) {
    Statement select = database_.prepare(
        std::string(result_columns) +
        "where client_id = ?1 and run_id = (select run_id from runs where client_id = ?1"
        " order by rowid desc limit 1) order by check_result_id");
    select.bind(client.text());
    return read_results(select);
}

}  // namespace meshline
