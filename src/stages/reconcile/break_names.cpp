#include "stages/reconcile/break_names.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <vector>

namespace meshline {
namespace {

/// A name is what people say to each other; longer texts are none.
constexpr std::size_t name_bytes_max = 60;

bool is_by_order(const ReconciliationDefinition& reconciliation) {
    const auto is_order = [](const MatchRule& rule) {
        return rule.left_key == "order_ref" || rule.right_key == "order_ref";
    };
    return reconciliation.left.item == "order_ref" || reconciliation.right.item == "order_ref" ||
           std::ranges::any_of(reconciliation.rules, is_order);
}

/// Who the break is about: "#1001 (5551) of 2026-03-04".
std::string subject_of(const BreakWords& words) {
    const bool has_name = !words.order_name.empty() && words.order_name != words.key;
    const std::string who =
        has_name ? fmt::format("{} ({})", words.order_name, words.key) : words.key;
    return fmt::format("{} of {}", who, words.day.text());
}

}  // namespace

Result<OrderNames> order_names(StageContext& context,
                               const ReconciliationDefinition& reconciliation,
                               const std::set<std::string>& keys) {
    OrderNames names;
    if (keys.empty() || !is_by_order(reconciliation)) return names;
    // One row per order: the name that its latest entry gives.
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select order_ref, arg_max(name, position) from (select order_ref, position,"
            "  nullif(json_extract_string(attributes, '$.order_name'), '') as name from entries"
            "  where client_id = {} and book = 'commerce' and sign = 1 and position <= {}"
            // Statistics say where there are none, and spare the reading.
            "  and attributes is not null and order_ref in ({}))"
            " where name is not null group by order_ref order by order_ref",
            quote_literal(context.client.id.text()), context.head.position,
            literal_list({keys.begin(), keys.end()}))));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        if (rows.text(row, 1).size() > name_bytes_max) continue;
        names.emplace(rows.text(row, 0), rows.text(row, 1));
    }
    return names;
}

std::string side_name(const SideDefinition& side, const SideDefinition& other) {
    const std::string book(name_of(side.book));
    if (side.book != other.book) return book;
    if (!side.source.empty() && side.source != other.source) {
        return fmt::format("{} of {}", book, side.source);
    }
    constexpr std::size_t types_max = 2;
    const std::size_t count = std::min(side.entries.size(), types_max);
    return fmt::format("{} ({}{})", book, join(std::span(side.entries).first(count), ", "),
                       count < side.entries.size() ? " ..." : "");
}

std::string break_title(const ReconciliationDefinition& reconciliation, std::string_view reason,
                        const BreakWords& words) {
    const std::string left_book = side_name(reconciliation.left, reconciliation.right);
    const std::string right_book = side_name(reconciliation.right, reconciliation.left);
    const std::string subject = fmt::format("{}: {}", reconciliation.head.name, subject_of(words));
    const std::string left = with_thousands(words.left);
    const std::string right = with_thousands(words.right);
    // Of a key in several currencies one alone has the other side's item beside it.
    if (reason == "currency_difference" && (left.empty() || right.empty())) {
        return fmt::format("{} is {} in {}, which {} has in another currency", subject,
                           left.empty() ? right : left, left.empty() ? right_book : left_book,
                           left.empty() ? left_book : right_book);
    }
    if (reason == "missing_right") {
        return fmt::format("{} in {} has nothing in {}: {}", subject, left_book, right_book, left);
    }
    if (reason == "missing_left") {
        return fmt::format("{} in {} has nothing in {}: {}", subject, right_book, left_book, right);
    }
    if (reason == "duplicate_left")
        return fmt::format("{} is in {} twice: {}", subject, left_book, left);
    if (reason == "duplicate_right")
        return fmt::format("{} is in {} twice: {}", subject, right_book, right);
    if (reason == "date_difference") {
        return fmt::format("{} is dated too far apart in {} and {}", subject, left_book,
                           right_book);
    }
    return fmt::format("{} is {} in {} but {} in {}", subject, left, left_book, right, right_book);
}

}  // namespace meshline
