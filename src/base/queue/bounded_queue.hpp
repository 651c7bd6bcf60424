#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace meshline {

/// Hands values from one thread to another; a full queue makes the giver wait, so a fast reader
/// never fills the memory. Safe from several threads on both ends.
template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    /// False when the queue was closed: the value is dropped.
    bool push(T value) {
        std::unique_lock lock(mutex_);
        has_room_.wait(lock, [&] { return is_closed_ || values_.size() < capacity_; });
        if (is_closed_) return false;
        values_.push_back(std::move(value));
        has_value_.notify_one();
        return true;
    }

    /// Nothing when the queue is closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        has_value_.wait(lock, [&] { return is_closed_ || !values_.empty(); });
        if (values_.empty()) return std::nullopt;
        T value = std::move(values_.front());
        values_.pop_front();
        has_room_.notify_one();
        return value;
    }

    /// No more values come; what is inside can still be taken.
    void close() {
        std::lock_guard lock(mutex_);
        is_closed_ = true;
        has_value_.notify_all();
        has_room_.notify_all();
    }

  private:
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable has_value_;
    std::condition_variable has_room_;
    std::deque<T> values_;
    bool is_closed_ = false;
};

}  // namespace meshline
