#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/input_file.hpp"
#include "core/ports/progress.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/capture/capture_mode.hpp"
#include "stages/capture/covered_objects.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// The stores and ports that capture works with.
struct CaptureContext {
    EventLog& log;
    ControlStore& control;
    FileSystem& files;
    Clock& clock;
    Progress& progress;
};

struct CaptureRequest {
    const ClientDefinition& client;
    const SourceDefinition& source;
    const StreamDefinition& stream;
    /// Files, folders, or "-" for standard input.
    std::vector<std::string> paths;
    /// Takes files of content that a capture of the stream read before as well.
    bool is_again = false;
    /// What the one file is called in the log; its own name where empty.
    std::string name = {};
    /// What the files have all records of; they are read then, whatever was captured before.
    std::optional<CoverageRequest> coverage = {};
    CaptureMode mode = CaptureMode::write;
};

/// A file that was not read, for its content was captured before.
struct RepeatedFile {
    std::string file;
    std::string known_as;
    std::string capture;
};

/// How many failed records a report describes.
inline constexpr std::size_t problems_max = 20;

struct SkippedRow {
    std::string file;
    std::int64_t line = 0;
};

struct CaptureReport {
    std::string capture;  ///< Its id; empty where nothing could be read.
    std::int64_t files = 0;
    std::int64_t records = 0;  ///< Cut out of the files: the sum of the five below.
    std::int64_t events = 0;   ///< New identities stored.
    std::int64_t duplicates = 0;
    std::int64_t revisions = 0;
    std::int64_t conflicts = 0;
    std::int64_t failed = 0;  ///< Stored as failed events.
    /// Of the duplicates those that had been taken back: they stand again.
    std::uint64_t risen = 0;
    /// The first problems_max failed records that were not stored before.
    std::vector<CaptureProblem> problems;
    std::int64_t skipped = 0;  ///< Rows that the source says are no records.
    /// The first problems_max of them.
    std::vector<SkippedRow> skipped_rows;
    /// Files of a folder that hold no records by their name; a file that is named is always read.
    std::vector<std::string> left_out;
    std::vector<RepeatedFile> repeated;
    /// Files that could not be read (to their end), with the reason.
    std::vector<Error> file_errors;
    /// What came of the request's.
    std::optional<Coverage> coverage;
    LogHead head;
};

/// What a file of the stream calls what the contract names; not what the source says of all
/// records.
std::vector<std::string> columns_of(const SourceDefinition& source, const StreamDefinition& stream);

/// Stores the records of the files, in order of path and line. An error of the log ends it; what
/// was stored before stays. Error capture.name_for_several for a name that one file must have.
Result<CaptureReport> capture(CaptureContext& context, const CaptureRequest& request);

}  // namespace meshline
