#pragma once

#include <chrono>
#include <condition_variable>
#include <duckdb.h>
#include <mutex>
#include <thread>

namespace meshline {

/// How long one run of an author's statement over a part of a batch may take. A batch of 8192
/// events takes a tenth of a second; a statement that needs a minute would never end in practice.
inline constexpr std::chrono::milliseconds statement_time_max = std::chrono::seconds(60);

/// Ends a statement of one connection that takes too long. The clock decides only whether the run
/// goes on, never what a figure is: who sees `is_over` ends the run.
class StatementLimit {
  public:
    /// The connection outlives the limit.
    StatementLimit(duckdb_connection connection, std::chrono::milliseconds time_max)
        : connection_(connection), time_max_(time_max) {}
    ~StatementLimit();
    StatementLimit(const StatementLimit&) = delete;
    StatementLimit& operator=(const StatementLimit&) = delete;

    /// From `start` on a statement runs; `stop` returns whether it was ended for taking too long.
    void start();
    bool stop();
    std::chrono::milliseconds time_max() const { return time_max_; }

  private:
    void watch();

    duckdb_connection connection_;
    std::chrono::milliseconds time_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_.
    std::chrono::steady_clock::time_point deadline_;
    bool is_running_ = false;
    bool is_over_ = false;
    bool is_closing_ = false;
    /// Starts with the first statement: programs that only check SQL run none.
    std::thread watcher_;
};

}  // namespace meshline
