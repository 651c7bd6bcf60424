#pragma once

#include "model/story.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// The day of March in Berlin, in winter.
int berlin_day(int minute);

/// A movement of money, or a count, that stands.
struct ModelEntry {
    std::string type;
    const Fact* fact = nullptr;
    std::int64_t cents = 0;
    int quantity = 0;
    int day = 0;
    bool is_quarantined = false;
};

/// A touch or contact that stands.
struct ModelSignal {
    const Fact* fact = nullptr;
    std::size_t position = 0;
};

/// How far a stream's records reach.
struct ModelReach {
    std::optional<int> last_day;      ///< The latest that a record is of, up to the log's today.
    std::optional<int> last_receipt;  ///< The day that a record came on last.
};

/// What was captured, and what of it stands: the greatest revision of each id, or on streams
/// without revisions the record that stands longest, of what captures that were not taken back
/// brought or found.
class StandingModel {
  public:
    void capture(const Act& act, const std::vector<Fact>& facts);
    void retract(std::size_t capture);
    /// Notes may be longer from now on.
    void widen();

    /// Those of all books.
    std::vector<ModelEntry> entries() const;
    std::vector<ModelSignal> signals(const std::string& stream) const;
    /// The day of the last capture; nothing before the first.
    std::optional<int> today() const;
    bool is_connected(const std::string& stream) const;
    /// Whether a record of the stream that stands brought an entry of the type, also one that a
    /// later revision replaced.
    bool wrote(const std::string& stream, const std::string& type) const;
    ModelReach reach(const std::string& stream) const;

  private:
    struct Event {
        const Fact* fact = nullptr;
        std::size_t position = 0;
        bool was_kept = false;  ///< By the contract of the time.
    };
    struct Capture {
        std::string stream;
        int day = 0;
        std::size_t opened = 0;
        std::set<std::size_t> brought;  ///< Places in events_.
        std::set<std::size_t> found;
        bool is_retracted = false;
    };
    bool keeps_contract(const Fact& fact) const;
    /// By which capture it stands; null where it does not.
    const Capture* stands_by(std::size_t event) const;
    /// It stands, and became facts or would have but for a greater revision.
    bool is_accepted(std::size_t event) const;
    std::vector<std::size_t> accepted(const std::string& stream) const;
    /// Of each id the one that counts.
    std::vector<std::size_t> states(const std::string& stream) const;

    std::vector<Event> events_;
    std::vector<Capture> captures_;
    std::size_t position_ = 0;
    std::size_t note_length_ = note_length_max;
};

}  // namespace meshline
