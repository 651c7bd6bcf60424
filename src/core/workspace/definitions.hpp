#pragma once

#include "base/hash/digest.hpp"
#include "base/money/money.hpp"
#include "base/time/zone.hpp"
#include "core/contract/read_options.hpp"
#include "core/model/entry_type.hpp"
#include "core/model/finding.hpp"
#include "core/model/ids.hpp"
#include "core/packs/pack.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// What every definition has: its identity is the digest of its canonical bytes.
struct DefinitionHead {
    std::string name;
    std::string owner;  ///< A person or team of owners.yaml.
    std::string title;
    std::string file;  ///< Relative to the workspace.
    Digest digest;
    std::string bytes;  ///< Canonical JSON.
};

struct Person {
    std::string id;
    std::string name;
    std::string email;
};

struct Team {
    std::string id;
    std::string name;
    std::vector<std::string> people;
    std::string deputy;  ///< Takes over when nobody of the team acts; may be empty.
};

struct Owners {
    std::vector<Person> people;
    std::vector<Team> teams;
    bool has(std::string_view id) const;
    std::vector<std::string> ids() const;
};

/// A source of a client: a pack, how this system writes its records, and the handoff contract.
struct SourceDefinition {
    DefinitionHead head;
    std::shared_ptr<const Pack> pack;  // shared: several sources stand on one pack
    std::vector<std::string> streams;  ///< Of the pack; all of them when the file names none.
    std::map<std::string, ReadOptions> read;  ///< By stream.
    std::optional<int> fresh_within_hours;
    std::vector<std::string> escalate_to;
};

struct ClientDefinition {
    DefinitionHead head;
    ClientId id;
    BusinessCalendar calendar{Zone::utc(), 0};
    Currency currency;
    /// Days after a business day before its figures can be verified.
    int settle_days = 1;
    std::vector<SourceDefinition> sources;

    const SourceDefinition* find(std::string_view source) const;
};

/// How the daily rows become one value.
enum class Aggregate : std::uint8_t { sum_amount, sum_quantity, count_distinct };

struct MetricDefinition {
    DefinitionHead head;
    Aggregate aggregate = Aggregate::sum_amount;
    Book book = Book::commerce;
    std::vector<std::string> entries;
    std::string count_column;  ///< For count_distinct: order_ref, customer_ref, ...
    bool is_negated = false;   ///< Shown with the opposite sign: discounts, returns.
    /// order_day, processed_day, settlement_day, bank_day, touch_day or close_day.
    std::string date_basis;
    std::vector<std::string> dimensions;
    std::string attribution;  ///< Model whose credits give channel and campaign; may be empty.
};

enum class CheckKind : std::uint8_t { row, cross, invariant, freshness, volume };
enum class CheckSeverity : std::uint8_t { note, quarantine, hold };

struct CheckDefinition {
    DefinitionHead head;
    CheckKind kind = CheckKind::row;
    CheckSeverity severity = CheckSeverity::note;
    Severity exception_severity = Severity::medium;
    std::vector<std::string> clients;  ///< Empty: all.
    // row and cross
    Book book = Book::commerce;
    std::vector<std::string> entries;
    std::string column;  ///< amount, quantity, or a text column
    std::optional<Decimal> at_least;
    std::optional<Decimal> at_most;
    std::vector<std::string> one_of;
    bool is_required = false;  ///< The column must not be empty.
    // cross: per group, |sum of entries| <= |sum of limit_entries| + tolerance
    std::string group_by;
    Book limit_book = Book::commerce;
    std::vector<std::string> limit_entries;
    Decimal tolerance;
    // invariant: metric = sum of signed parts, per day
    std::string metric;
    std::vector<std::pair<int, std::string>> parts;  ///< {+1|-1, metric}
    // freshness, volume
    std::string source;
    std::string stream;
    int within_hours = 0;
    /// Robust z-score above which a day is an anomaly, in thousandths.
    int threshold_milli = 4000;
    int window_days = 56;
    int history_days_min = 14;
    std::string measure;  ///< events, or a metric's name
    std::string fix;
};

struct SideDefinition {
    Book book = Book::commerce;
    std::vector<std::string> entries;
    std::string item = "object_id";  ///< Entries of one item: the same value here and one currency.
    bool is_negated = false;
    std::string source;  ///< Only this source's entries; empty: all.
};

enum class MatchKind : std::uint8_t { one_to_one, many_to_one, one_to_many };

/// Rules run in order; an item that a rule takes is gone for the next.
struct MatchRule {
    std::string name;
    MatchKind kind = MatchKind::one_to_one;
    std::string left_key;
    std::string right_key;
    Decimal tolerance_absolute;
    int tolerance_percent_milli = 0;  ///< Of the left amount, in thousandths of a percent.
    /// right date - left date within [lag_days_min, lag_days_max].
    int lag_days_min = 0;
    int lag_days_max = 0;
    bool is_lag_checked = false;
    bool is_confirmed = true;  ///< false: matches are suggestions.
    /// An unequal pair with this key is a break of its own; false: both go on to the next rule.
    bool is_final = true;
};

struct BreakPolicy {
    Severity severity = Severity::medium;
    std::string owner;
    std::string fix;
};

struct ReconciliationDefinition {
    DefinitionHead head;
    std::vector<std::string> clients;  ///< Empty: all.
    SideDefinition left;
    SideDefinition right;
    std::vector<MatchRule> rules;
    int due_days_right = 0;  ///< An unmatched left item is expected until its date + this.
    int due_days_left = 0;
    bool is_right_optional = false;  ///< Left items without a right one are no break.
    bool is_left_optional = false;
    std::map<std::string, BreakPolicy> breaks;  ///< By reason, see break_reasons.
};

inline constexpr const char* break_reasons[] = {
    "missing_left",    "missing_right",  "amount_difference", "currency_difference",
    "date_difference", "duplicate_left", "duplicate_right"};

struct ChannelRule {
    std::string channel;
    std::map<std::string, std::vector<std::string>> when;  ///< source, medium, campaign, referrer
};

struct AttributionDefinition {
    DefinitionHead head;
    std::string model;  ///< last_touch
    int lookback_days = 30;
    Book book = Book::commerce;  ///< The conversions that earn credit.
    std::vector<std::string> entries;
    std::vector<ChannelRule> channels;  ///< First match wins; no match: "unknown".
    /// Campaign names are held against campaign records of these sources; empty: not checked.
    std::vector<std::string> campaigns_known_from;
    std::vector<std::string> campaigns_known;
    std::map<std::string, std::string> campaign_mappings;  ///< As written -> as meant.
};

struct ReportDefinition {
    DefinitionHead head;
    std::vector<std::string> metrics;
    std::vector<std::string> reconciliations;
};

struct Workspace {
    std::string root;
    std::string name;
    Owners owners;
    std::vector<ClientDefinition> clients;
    std::vector<MetricDefinition> metrics;
    std::vector<CheckDefinition> checks;
    std::vector<ReconciliationDefinition> reconciliations;
    std::vector<AttributionDefinition> attributions;
    std::vector<ReportDefinition> reports;

    const ClientDefinition* find_client(std::string_view name) const;
    const MetricDefinition* find_metric(std::string_view name) const;
};

/// One definition of the set that a client's figures depend on.
struct ManifestLine {
    std::string kind;
    std::string name;
    Digest digest;
    std::string bytes;
};

/// Every definition the client's figures of `metric` stand on, sorted by kind and name: the client,
/// its sources, the streams' contracts and transforms, the metric, checks, reconciliations and the
/// attribution model. `metric` empty: all metrics.
std::vector<ManifestLine> manifest_of(const Workspace& workspace, const ClientDefinition& client,
                                      std::string_view metric);
/// "kind name digest\n" per line; its SHA-256 is a publication's definitions digest.
std::string encode_manifest(const std::vector<ManifestLine>& manifest);

}  // namespace meshline
