#include "stages/normalize/normalize.hpp"

#include "base/queue/bounded_queue.hpp"
#include "core/stage/client_captures.hpp"
#include "stages/normalize/commit.hpp"
#include "stages/normalize/findings.hpp"
#include "stages/normalize/standing_act.hpp"
#include "stages/normalize/worker.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace meshline {
namespace {

/// Two cores do the work; batches waiting on either side of it are bounded.
constexpr int worker_count = 2;
constexpr std::size_t batches_waiting_max = 2;
/// What a batch became takes tens of megabytes.
constexpr std::int64_t results_waiting_max = 3;

/// Brings results that finish in any order back into the order of their numbers. Who is far ahead
/// of what was taken waits: facts are larger than their events, and committing them may be slower.
class InOrder {
  public:
    void give(std::int64_t number, Result<NormalizedBatch> result) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return is_abandoned_ || number < taken_ + results_waiting_max; });
        results_.emplace(number, std::move(result));
        changed_.notify_all();
    }
    void finish(std::int64_t count) {
        std::lock_guard lock(mutex_);
        count_ = count;
        changed_.notify_all();
    }
    /// Nothing after the last one.
    std::optional<Result<NormalizedBatch>> take(std::int64_t number) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return number == count_ || results_.contains(number); });
        const auto found = results_.find(number);
        if (found == results_.end()) return std::nullopt;
        std::optional result(std::move(found->second));
        results_.erase(found);
        taken_ = number + 1;
        changed_.notify_all();
        return result;
    }
    /// Nothing will be taken any more.
    void abandon() {
        std::lock_guard lock(mutex_);
        is_abandoned_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::int64_t, Result<NormalizedBatch>> results_;
    std::int64_t count_ = -1;
    std::int64_t taken_ = 0;
    bool is_abandoned_ = false;
};

/// The pass over one range of the log.
class Pass {
  public:
    Pass(StageContext& context, const CaptureHistory& captures, const Digest& definitions,
         const NormalizeSizes& sizes)
        : context_(context), captures_(captures), definitions_(definitions), sizes_(sizes) {}

    Result<std::int64_t> run(Position from, Position to) {
        MESHLINE_ASSIGN(auto cursor, context_.log.read(context_.client.id, from, to));
        std::jthread reading([&] { read(*cursor); });
        std::vector<std::jthread> working;
        for (int index = 0; index < worker_count; ++index) {
            working.emplace_back([this] { work(); });
        }
        Result<std::int64_t> committed = commit(to);
        batches_.close();
        in_order_.abandon();
        reading.join();
        working.clear();
        if (committed.ok() && read_error_) return std::move(*read_error_);
        return committed;
    }

  private:
    void read(EventCursor& cursor) {
        std::int64_t number = 0;
        bool has_more = true;
        while (has_more) {
            LogBatch batch;
            batch.number = number;
            while (has_more && !batch.is_full(sizes_.events_per_batch)) {
                Event event;
                auto next = cursor.next(event);
                if (!next.ok()) read_error_ = std::move(next).error();
                has_more = next.ok() && *next;
                if (has_more) batch.add(event);
            }
            if (batch.events.empty()) break;
            if (!batches_.push(std::move(batch))) break;
            ++number;
        }
        in_order_.finish(number);
        batches_.close();
    }

    void work() {
        NormalizeWorker worker(context_.client, context_.transforms, captures_);
        while (auto batch = batches_.pop()) {
            const std::int64_t number = batch->number;
            in_order_.give(number, worker.run(*batch));
        }
    }

    Result<std::int64_t> commit(Position to) {
        std::int64_t rejected = 0;
        NormalizedBatch gathered;
        for (std::int64_t number = 0;; ++number) {
            auto result = in_order_.take(number);
            if (result && !result->ok()) return std::move(*result).error();
            if (result) {
                rejected += static_cast<std::int64_t>((*result)->rejected.size());
                gathered.absorb(std::move(**result));
            }
            const bool is_end = !result;
            if (gathered.last > 0 && (is_end || gathered.row_count() >= sizes_.rows_per_commit)) {
                const auto last = static_cast<std::int64_t>(gathered.last);
                MESHLINE_TRY(commit_batch(context_, captures_, std::move(gathered), definitions_));
                context_.progress.advance("normalize", last, static_cast<std::int64_t>(to));
                gathered = {};
            }
            if (is_end) break;
        }
        context_.progress.finish("normalize");
        return rejected;
    }

    StageContext& context_;
    const CaptureHistory& captures_;
    const Digest definitions_;
    const NormalizeSizes sizes_;
    BoundedQueue<LogBatch> batches_{batches_waiting_max};
    InOrder in_order_;
    std::optional<Error> read_error_;
};

class Normalize : public Stage {
  public:
    explicit Normalize(const NormalizeSizes& sizes) : sizes_(sizes) {}

    std::string_view name() const override { return "normalize"; }

    Result<StageOutcome> run(StageContext& context) override {
        const Digest definitions = facts_digest_of(context.client);
        MESHLINE_ASSIGN(Watermark watermark, read_watermark(context));
        // A warehouse ahead of the log belongs to another log; other definitions mean other facts.
        if (watermark.position > context.head.position ||
            (watermark.position > 0 && watermark.definitions != definitions.hex())) {
            MESHLINE_TRY(forget_client(context));
            watermark = {};
        }
        StageOutcome outcome;
        MESHLINE_ASSIGN(outcome.counts, take_up(context, watermark.position, definitions));
        MESHLINE_ASSIGN(outcome.findings, normalize_findings(context));
        return outcome;
    }

  private:
    using Counts = std::vector<std::pair<std::string, std::int64_t>>;

    /// What came after `from`: stretches of events, and between them the acts by which earlier ones
    /// come to stand or fall.
    Result<Counts> take_up(StageContext& context, Position from, const Digest& definitions) {
        std::int64_t rejected = 0;
        std::int64_t reserved = 0;
        MESHLINE_ASSIGN(const auto decisions, reserved_events(context.log, context.control,
                                                              context.client.id, context.head));
        for (const ReservedEvent& event : decisions)
            reserved += event.position > from && event.position <= context.head.position ? 1 : 0;
        const auto events = static_cast<std::int64_t>(context.head.position - from) - reserved;
        MESHLINE_ASSIGN(const CaptureHistory captures,
                        CaptureHistory::of(decisions, context.head.position));
        MESHLINE_ASSIGN(const auto acts, standing_acts(decisions, from, context.head.position));
        const auto pass_until = [&](Position to) -> Result<void> {
            if (from >= to) return {};
            Pass pass(context, captures, definitions, sizes_);
            MESHLINE_ASSIGN(const std::int64_t failed, pass.run(from + 1, to));
            rejected += failed;
            return {};
        };
        for (const Position act : acts) {
            MESHLINE_TRY(pass_until(act - 1));
            MESHLINE_TRY(take_up_act(context, decisions, act, definitions.hex()));
            from = act;
        }
        MESHLINE_TRY(pass_until(context.head.position));
        return Counts{{"events", events}, {"rejected", rejected}};
    }

    const NormalizeSizes sizes_;
};

}  // namespace

std::unique_ptr<Stage> make_normalize(const NormalizeSizes& sizes) {
    return std::make_unique<Normalize>(sizes);
}

}  // namespace meshline
