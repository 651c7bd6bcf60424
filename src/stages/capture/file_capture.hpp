#pragma once

#include "base/queue/turns.hpp"
#include "core/captures/position_set.hpp"
#include "stages/capture/capture.hpp"
#include "stages/capture/capture_act.hpp"
#include "stages/capture/former_identities.hpp"
#include "stages/capture/row_identities.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// A file to capture.
struct NamedFile {
    std::string path;
    std::string name;  ///< In the log.
    /// What it may be known by instead; nothing where its name was given.
    std::vector<std::string> names_before;
};

/// One file on its way. Each worker takes the next batch of records, carries it all the way into
/// the log and comes back for another one:
///
///     cut                             one worker at a time, so that batches are numbered in order
///     parse, judge, identify, hash    side by side
///     decide                          in the order of the numbers: the log waits for the turn
///     pack                            side by side
///     write and sync                  one worker for all whose batches are packed by then
///
/// There are more workers than processors, for some always wait for the disk.
class FileCapture {
  public:
    /// `covered` is nothing where the capture covers nothing.
    FileCapture(CaptureContext& context, const CaptureRequest& request, CaptureAct& act,
                const FormerIdentities& former, CoveredObjects* covered, NamedFile file,
                CaptureReport& report);

    /// An error is one of the log; what is wrong with the file goes into the report.
    Result<void> run();

  private:
    struct Failure {
        std::uint64_t batch = 0;
        Error error;
        bool is_of_file = false;  ///< Else of the log.
    };
    struct FoundProblem {
        std::uint64_t batch = 0;
        CaptureProblem problem;
    };
    /// What a name's records in the log say of the file's first ones.
    struct NameMatch {
        bool has_same = false;
        bool has_other = false;
    };

    Result<std::optional<KnownFile>> find_known();
    Result<bool> is_repeated(const KnownFile& known);
    Result<void> repeat(KnownFile known);
    Result<void> give_up(Error error);
    Result<void> choose_name();
    Result<NameMatch> match_name(PreparedBatch& first, const std::string& name);
    void work();
    void fail(Failure failure);
    bool has_failed();
    std::optional<std::uint64_t> read(RecordBatch& batch);
    void note_skipped(const RecordBatch& batch);
    Result<void> identify(std::uint64_t number, PreparedBatch& batch);
    Result<void> number_rows(std::uint64_t number, PreparedBatch& batch);
    Result<void> refuse_other(const PreparedBatch& batch);
    void count(std::uint64_t number, const PreparedBatch& batch,
               const std::vector<Appended>& appended);
    void keep_first_problems();
    void finish_problems();

    CaptureContext& context_;
    CaptureAct& act_;
    CaptureReport& report_;  ///< Under `mutex_` while there are workers.
    const FormerIdentities& former_;
    CoveredObjects* const covered_;  ///< Under `mutex_`.
    const std::string path_;
    const std::vector<std::string> names_before_;
    const CaptureMode mode_;
    const bool is_again_;
    bool is_repeated_ = false;  ///< What it holds was captured before, and is not counted again.
    FileContent content_;
    PrepareOptions options_;
    Turns turns_;
    Turns numbering_;
    RowIdentities rows_;  ///< Of whose turn it is to number.

    std::mutex reading_;
    std::unique_ptr<RecordReader> reader_;
    std::optional<RecordBatch> first_;  ///< Read, and not yet on its way.
    std::uint64_t batches_read_ = 0;
    bool is_read_ = false;
    std::optional<Error> read_error_;

    std::mutex mutex_;
    std::vector<FoundProblem> problems_;
    std::optional<Failure> failure_;
    PositionSet brought_;
    PositionSet found_;
};

/// The error with the file's path, where it names none.
Error at_file(Error error, const std::string& path);

}  // namespace meshline
