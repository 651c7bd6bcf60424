#pragma once

#include "core/captures/capture_history.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/capture/prepare.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace meshline {

/// What the capture says it has all records of.
struct CoverageRequest {
    BusinessDate from;
    BusinessDate to;
    std::string scope_column = {};
    std::string scope_value = {};
    /// However many objects are missing.
    bool is_any_loss_accepted = false;
    /// Asks whoever is there, where too many are missing and nothing else voids it.
    std::function<bool(const Coverage& coverage)> accepts_loss = {};
};

/// Of a hundred objects how many a coverage takes back without being told to.
inline constexpr std::int64_t missing_percent_max = 20;

/// The objects that a capture brings, held against those that the log has of what it covers.
class CoveredObjects {
  public:
    CoveredObjects(const CoverageRequest& request, const ClientDefinition& client,
                   const SourceDefinition& source, const StreamDefinition& stream);

    /// Notes what the batch is about, failed records too.
    void note(const PreparedBatch& batch);

    /// What is said before the first record, when nothing is known yet of what it takes back.
    Coverage announced() const;
    /// What the coverage takes back of the log up to `head`, where `history` says what stood before
    /// the capture. Reads the client's log as a whole, and once more where it has revisions.
    Result<Coverage> decide(EventLog& log, const LogHead& head, const CaptureHistory& history,
                            bool is_all_read) const;

  private:
    struct Inside {
        Position position = 0;
        std::string revision;
    };
    /// Of each object that is missing what happened inside.
    using Missing = std::map<std::string, std::vector<Inside>>;

    bool is_accepted(const Coverage& coverage) const;
    bool is_inside(const Event& event, JsonDocument& document) const;
    std::string revision(const Event& event, JsonDocument& document) const;
    Result<Missing> find_missing(EventLog& log, const LogHead& head, const CaptureHistory& history,
                                 Coverage& coverage) const;
    Result<void> take_earlier(EventLog& log, const LogHead& head, const Missing& missing,
                              Coverage& coverage) const;
    template <class Take>
    Result<void> read_stream(EventLog& log, const LogHead& head, Take take) const;

    const CoverageRequest& request_;
    const ClientDefinition& client_;
    const SourceDefinition& source_;
    const StreamDefinition& stream_;
    const ReadOptions& read_;
    Instant starts_at_;
    Instant ends_at_;
    std::unordered_set<std::string> brought_;
    bool has_unreadable_ = false;
};

}  // namespace meshline
