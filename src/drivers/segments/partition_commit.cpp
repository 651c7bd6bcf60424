#include "drivers/segments/partition.hpp"
#include "drivers/segments/partition_files.hpp"

#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace meshline {

/// Returns once every position up to `until` is durable, leading where nobody else does.
Result<void> Partition::commit(std::unique_lock<std::mutex>& lock, Position until) {
    while (head_.position < until) {
        if (failure_) return *failure_;
        if (!is_led_ && queue_.front()->is_packed) {
            lead(lock);
        } else {
            written_.wait(lock);
        }
    }
    return {};
}

/// Writes what is packed at the front of the queue, for all who wait.
void Partition::lead(std::unique_lock<std::mutex>& lock) {
    is_led_ = true;
    std::vector<PackedBlock> blocks;
    while (!queue_.empty() && queue_.front()->is_packed) {
        std::ranges::move(queue_.front()->blocks, std::back_inserter(blocks));
        queue_.pop_front();
    }
    lock.unlock();
    Result<std::vector<WrittenBlock>> written = writer_.write(blocks);
    const LogHead head = writer_.head();
    lock.lock();
    is_led_ = false;
    if (written.ok()) {
        take_written(*written);
        head_ = head;
    } else {
        fail(written.error());
    }
    written_.notify_all();
}

void Partition::take_written(const std::vector<WrittenBlock>& written) {
    for (const WrittenBlock& block : written) {
        if (segments_.empty() || segments_.back().first_position != block.segment_position) {
            segments_.push_back({.path = segment_path(folder_, block.segment_position),
                                 .first_position = block.segment_position});
        }
        Segment& segment = segments_.back();
        segment.blocks.push_back(block.place);
        segment.last_position = block.last_position;
        segment.bytes = block.end;
    }
}

/// The first failure stands; whoever waits, and whoever comes, hears of it.
void Partition::fail(Error error) {
    if (!failure_) failure_ = std::move(error);
    queue_.clear();
    written_.notify_all();
}

Error Partition::refusal() const {
    return Error{.kind = failure_->kind,
                 .code = "log.reopen_needed",
                 .message = fmt::format("the log of \"{}\" takes no events after a failed write",
                                        client_.text()),
                 .hint = "Remove the cause, then open the log again: restart the command."}
        .because(*failure_);
}

}  // namespace meshline
