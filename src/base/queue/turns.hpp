#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <utility>

namespace meshline {

/// Lets threads that work side by side do one step of their work in a fixed order: whoever holds
/// turn 0 first, then turn 1, and so on. Outlives its turns. Safe from several threads.
class Turns {
  private:
    friend class Turn;

    bool wait(std::uint64_t number) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return next_ == number || dropped_ < number; });
        return next_ == number;
    }

    void finish() {
        const std::lock_guard lock(mutex_);
        ++next_;
        changed_.notify_all();
    }

    /// Those before it still come.
    void drop(std::uint64_t number) {
        const std::lock_guard lock(mutex_);
        dropped_ = std::min(dropped_, number);
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t next_ = 0;
    std::uint64_t dropped_ = std::numeric_limits<std::uint64_t>::max();
};

/// One place in the order. Dropped before it is finished, none after it comes any more.
class Turn {
  public:
    Turn(Turns& turns, std::uint64_t number) : turns_(&turns), number_(number) {}
    ~Turn() {
        if (turns_ != nullptr) turns_->drop(number_);
    }
    Turn(Turn&& other) noexcept
        : turns_(std::exchange(other.turns_, nullptr)), number_(other.number_) {}
    Turn& operator=(Turn&&) = delete;

    /// Returns when it is this one's turn; false when a turn before it was dropped.
    bool wait() { return turns_->wait(number_); }
    /// The next one's turn; only after wait() said true.
    void finish() { std::exchange(turns_, nullptr)->finish(); }

  private:
    Turns* turns_;
    std::uint64_t number_;
};

}  // namespace meshline
