#pragma once

#include "base/money/wide_money.hpp"
#include "base/time/instant.hpp"
#include "core/model/claim.hpp"
#include "core/model/entry_type.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// How much a finding matters. Enumerators equal their stored text.
enum class Severity : std::uint8_t { low, medium, high, critical };

std::optional<Severity> severity_of(std::string_view name);
std::string_view name_of(Severity severity);

/// Days of a book whose figures cannot be trusted, or of the credits of an attribution model: then
/// of the metrics, of any book, that take their dimensions from it.
struct Doubt {
    std::string book;  ///< Or credits_of() the model.
    BusinessDate from;
    BusinessDate to;
    friend bool operator==(const Doubt&, const Doubt&) = default;
};

/// What a stage observed in bad or disagreeing data. A finding becomes an exception with the same
/// key and stays open as long as the stage finds it again; when it does not, the exception closes
/// by itself.
struct Finding {
    /// Closed list, see exception_type_names.
    std::string type;
    /// What it is about, unique within client and type, the same on every run: "order:1001".
    std::string key;
    std::string owner;
    Severity severity = Severity::medium;
    /// Money at risk, in the record's own currency; nothing where no amount is known.
    std::optional<WideMoney> at_risk;
    /// What the money at risk is made of.
    Claims claims;
    /// The first and last business date it is about.
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
    /// Figures of these books and days are not verified while it is open.
    std::vector<Doubt> doubts;
    /// One sentence: what broke.
    std::string title;
    /// Facts behind it, in order: {"order_amount", "120.00 EUR"}, {"event", "shop/orders position
    /// 12"}.
    std::vector<std::pair<std::string, std::string>> evidence;
    /// Suggested fixes, best first: a name from fix_names and a sentence.
    std::vector<std::pair<std::string, std::string>> fixes;
};

/// "credits of last_touch": no name of a book has a space.
std::string credits_of(std::string_view model);
/// Adds `days`, in any order and also twice, as one doubt per unbroken run of them; a doubt that
/// the finding has is not added again.
void add_doubts(Finding& finding, Book book, std::vector<BusinessDate> days);
void add_doubts(Finding& finding, std::string_view book, std::vector<BusinessDate> days);
/// Adds the days `from` to `to`.
void add_doubt(Finding& finding, Book book, BusinessDate from, BusinessDate to);

inline constexpr const char* exception_type_names[] = {
    "failed_event",     "transform_failure", "conflict",       "check_failed",
    "freshness",        "volume_anomaly",    "schema_drift",   "break",
    "unknown_campaign", "restatement",       "missing_owner",  "double_booking",
    "missing_column",   "implausible_date",  "silence",        "unfinished_capture",
    "void_coverage",    "equal_revisions",   "merged_objects", "unknown_currency"};

inline constexpr const char* fix_names[] = {
    "resync_source",     "correct_deal",       "create_order",    "void_charge",
    "refund_customer",   "send_refund_to_crm", "claim_fee",       "map_campaign",
    "replay_events",     "correct_source",     "extend_contract", "confirm_match",
    "accept_difference", "recapture_period",   "review"};

}  // namespace meshline
