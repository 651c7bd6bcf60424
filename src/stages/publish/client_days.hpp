#pragma once

#include "core/stage/stage.hpp"
#include "core/stage/stream_reach.hpp"
#include "stages/publish/entry_days.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// A stream that a metric's entries come from, and the days that its records tell of.
struct Feed {
    std::string name;  ///< "shop/orders"
    std::optional<BusinessDate> first_on;
    std::optional<BusinessDate> last_on;
    /// Days of which a capture says that it has all records.
    std::vector<std::pair<BusinessDate, BusinessDate>> covered;

    bool covers(BusinessDate day) const;
    std::optional<BusinessDate> first_known() const;
};

/// The days of a client's metrics: every day from the client's first to the log's today, for a
/// metric that a connected stream feeds. Decision 0014.
///
/// A metric is fed by the streams that wrote entries it counts; before there are any, by every
/// connected stream that writes into its book.
class ClientDays {
  public:
    static Result<ClientDays> read(StageContext& context);

    /// The client's first day; nothing before its first plausible entry, where none is stated.
    std::optional<BusinessDate> first() const { return first_; }
    BusinessDate today() const { return today_; }

    /// Nothing where no connected stream feeds it: the metric has no days then.
    std::vector<Feed> feeds_of(const MetricDefinition& metric) const;
    /// Why nothing is known of a day on which the metric has no entries; empty where each of its
    /// feeds brought a record of a later day or covers it, or the client was closed. Where the
    /// client does not state its first day, the days before the first record of all feeds are open
    /// as well: they may not have been exported.
    std::string open_reason(const std::vector<Feed>& feeds, BusinessDate day) const;

  private:
    BusinessDate today_;
    std::optional<BusinessDate> first_;
    bool is_first_stated_ = false;
    ClosedDays closed_;
    std::vector<EntryOrigin> origins_;
    struct Connected {
        StreamReach reach;
        std::set<Book> books;
        std::vector<std::pair<BusinessDate, BusinessDate>> covered;
    };
    std::vector<Connected> streams_;
};

}  // namespace meshline
