#pragma once

#include "drivers/files/disk_files.hpp"
#include "operate/orchestrate/orchestrate.hpp"
#include "packs/workspace_run.hpp"
#include "support/temporary_folder.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// A shop whose sales and refunds come as CSV lines of two sources, `till` and `web`, with the
/// metrics net_sales and customers, and payments in a bank account. Days are settled on the next
/// day but one.
class DaysShop {
  public:
    /// `client` is added to client.yaml.
    explicit DaysShop(const std::string& client = "");

    /// Writes a file of the workspace, which is read again.
    void write(const std::string& path, const std::string& text);
    /// Removes one; returns its text.
    std::string remove(const std::string& path);

    /// Captures a CSV file at noon (UTC) of `today`.
    void capture(const std::string& today, const std::string& source, const std::string& stream,
                 const std::string& text);
    /// Captures `lines` ("id,day,amount,customer") of sales at noon (UTC) of `today`; none is an
    /// empty export. A line whose id came before replaces it.
    void sell(const std::string& today, const std::vector<std::string>& lines,
              const std::string& source = "till");
    /// Captures `lines` ("id,day,amount,order") of bank credits.
    void bank(const std::string& today, const std::vector<std::string>& lines);
    /// Runs every stage; fails the test where one fails.
    void run(std::optional<std::string> now = std::nullopt);
    /// The same for the days `from` to `to` alone.
    void run_part(const std::string& from, const std::string& to);

    /// "2026-03-01 12.00 verified 1" per live act, ranges as "2026-03-01..2026-03-04 - ...": the
    /// total, "-" for none at all, "nothing" for no figure yet.
    std::vector<std::string> acts(const std::string& metric, Grain grain = Grain::day);
    /// Why they are not verified, in the same order.
    std::vector<std::string> reasons(const std::string& metric, Grain grain = Grain::day);
    /// What each day or period comes to, without those that came to none at all.
    std::map<std::string, std::string> values(const std::string& metric, Grain grain = Grain::day);
    /// The act that is live on a day.
    std::string on(const std::string& day, const std::string& metric = "net_sales");
    /// The check results that this act commits to.
    std::string checks_behind(const std::string& day, const std::string& metric);
    /// "type key" of every open exception, sorted.
    std::vector<std::string> exceptions();
    ExceptionItem exception(const std::string& type);
    std::size_t publication_count();
    /// Every live publication is what the facts give.
    bool verifies();

  private:
    /// The act that is live on a day, cut to it.
    std::optional<Publication> live_on(const std::string& day, const std::string& metric);
    void run_days(std::optional<BusinessDate> from, std::optional<BusinessDate> to);
    std::string value(const Publication& act);
    std::string shown(const Publication& act);
    RunStores stores();

    test::TemporaryFolder folder_;
    DiskFiles files_;
    StandingClock clock_;
    SilentProgress progress_;
    std::optional<Workspace> workspace_;
    std::unique_ptr<SegmentLog> log_;
    std::unique_ptr<DuckdbWarehouse> warehouse_;
    std::unique_ptr<TransformEngine> transforms_;
    std::unique_ptr<SqliteControl> control_;
    StageList stages_;
    int file_count_ = 0;
};

}  // namespace meshline
