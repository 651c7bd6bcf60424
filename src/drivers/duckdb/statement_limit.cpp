#include "drivers/duckdb/statement_limit.hpp"

namespace meshline {
namespace {

/// An interrupt that comes before the engine has begun the statement is lost, so it is repeated.
constexpr std::chrono::milliseconds interrupt_interval(20);

}  // namespace

StatementLimit::~StatementLimit() {
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
    }
    changed_.notify_all();
    if (watcher_.joinable()) watcher_.join();
}

void StatementLimit::start() {
    {
        const std::lock_guard lock(mutex_);
        // tidy: the driver's own watch over the engine; no figure sees it
        deadline_ = std::chrono::steady_clock::now() + time_max_;
        is_running_ = true;
        is_over_ = false;
    }
    // A watcher that is there wakes before this deadline and looks: it need not be told.
    if (!watcher_.joinable()) watcher_ = std::thread([this] { watch(); });
}

bool StatementLimit::stop() {
    const std::lock_guard lock(mutex_);
    is_running_ = false;
    return is_over_;
}

void StatementLimit::watch() {
    std::unique_lock lock(mutex_);
    while (!is_closing_) {
        if (!is_running_) {
            changed_.wait_for(lock, time_max_);
            // tidy: the driver's own watch over the engine; no figure sees it
        } else if (std::chrono::steady_clock::now() < deadline_) {
            changed_.wait_until(lock, deadline_);
        } else {
            is_over_ = true;
            // Under the lock: a statement that was stopped is never the next one's end.
            duckdb_interrupt(connection_);
            changed_.wait_for(lock, interrupt_interval);
        }
    }
}

}  // namespace meshline
