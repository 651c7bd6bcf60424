#include "stages/capture/capture.hpp"

#include "base/queue/bounded_queue.hpp"

#include <atomic>
#include <optional>
#include <thread>

namespace meshline {
namespace {

/// Batches in flight between two threads: enough that neither waits, a few megabytes at most.
constexpr std::size_t queue_capacity = 2;

std::string base_name(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

Error at_file(Error error, const std::string& path) {
    if (!error.where.is_known()) error.where.file = path;
    return error;
}

/// A folder holds other things, too: licences, notes, checksums.
void leave_out_others(std::vector<std::string>& files, CaptureReport& report) {
    std::erase_if(files, [&](const std::string& file) {
        if (is_record_file(file)) return false;
        report.left_out.push_back(file);
        return true;
    });
}

/// One file on its way: a thread reads, a thread prepares, the caller appends.
class FileCapture {
  public:
    FileCapture(CaptureContext& context, const CaptureRequest& request, std::string path,
                CaptureReport& report)
        : context_(context),
          report_(report),
          path_(std::move(path)),
          options_{request.client, request.source, request.stream,
                   path_ == "-" ? "stdin" : base_name(path_), context.clock.now()} {}

    Result<void> run() {
        auto file = context_.files.open(path_);
        if (!file.ok()) return give_up(std::move(file).error());
        auto reader = open_records(std::move(file).value(), path_, options_.stream.envelopes);
        if (!reader.ok()) return give_up(std::move(reader).error());

        std::jthread reading([&] { read(**reader); });
        std::jthread preparing([&] { prepare_all(); });
        Result<void> stored = append_all();
        // With an error the other threads may be waiting to hand over.
        raw_.close();
        prepared_.close();
        reading.join();
        preparing.join();
        if (read_error_) static_cast<void>(give_up(std::move(*read_error_)));
        return stored;
    }

  private:
    Result<void> give_up(Error error) {
        report_.file_errors.push_back(at_file(std::move(error), path_));
        return {};
    }

    void read(RecordReader& reader) {
        while (true) {
            RecordBatch batch;
            auto more = reader.next(batch);
            // A batch that an error cut short still holds good records.
            if (!more.ok()) read_error_ = std::move(more).error();
            if (!batch.records.empty() && !raw_.push(std::move(batch))) break;
            if (read_error_ || !*more) break;
        }
        raw_.close();
    }

    void prepare_all() {
        while (auto batch = raw_.pop()) {
            if (!prepared_.push(prepare(std::move(*batch), options_))) break;
        }
        prepared_.close();
    }

    Result<void> append_all() {
        while (auto batch = prepared_.pop()) {
            MESHLINE_ASSIGN(const auto appended,
                            context_.log.append(options_.client.id, batch->drafts));
            count(*batch, appended);
            context_.progress.advance("capture", report_.records, 0);
        }
        return {};
    }

    void count(const PreparedBatch& batch, const std::vector<Appended>& appended) {
        report_.records += static_cast<std::int64_t>(appended.size());
        for (std::size_t index = 0; index < appended.size(); ++index) {
            const bool is_failed = batch.drafts[index].verdict != Verdict::kept;
            switch (appended[index].outcome) {
                case Outcome::duplicate:
                    ++report_.duplicates;
                    break;
                case Outcome::conflict:
                    ++report_.conflicts;
                    break;
                case Outcome::revision:
                    ++report_.revisions;
                    break;
                case Outcome::added:
                    ++(is_failed ? report_.failed : report_.events);
                    break;
            }
        }
        for (const CaptureProblem& problem : batch.problems) {
            if (report_.problems.size() == problems_max) break;
            const bool is_new = appended[problem.draft].outcome != Outcome::duplicate;
            if (is_new) report_.problems.push_back(problem);
        }
    }

    CaptureContext& context_;
    CaptureReport& report_;
    const std::string path_;
    const PrepareOptions options_;
    BoundedQueue<RecordBatch> raw_{queue_capacity};
    BoundedQueue<PreparedBatch> prepared_{queue_capacity};
    std::optional<Error> read_error_;
};

}  // namespace

Result<CaptureReport> capture(CaptureContext& context, const CaptureRequest& request) {
    CaptureReport report;
    for (const std::string& path : request.paths) {
        std::vector<std::string> files = {path};
        if (path != "-") {
            auto listed = context.files.list(path);
            if (!listed.ok()) {
                report.file_errors.push_back(at_file(std::move(listed).error(), path));
                continue;
            }
            files = std::move(listed).value();
            const bool is_folder = files.size() != 1 || files.front() != path;
            if (is_folder) leave_out_others(files, report);
        }
        for (const std::string& file : files) {
            ++report.files;
            FileCapture one(context, request, file, report);
            MESHLINE_TRY(one.run());
        }
    }
    context.progress.finish("capture");
    MESHLINE_ASSIGN(report.head, context.log.head(request.client.id));
    return report;
}

}  // namespace meshline
