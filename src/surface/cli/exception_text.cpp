#include "surface/cli/exception_text.hpp"

#include "base/json/json.hpp"
#include "surface/cli/table.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// Money at risk by currency: amounts of different currencies are never added. A sum too large to
/// show is left out rather than shown wrong.
std::string totals_text(const std::vector<ExceptionItem>& items) {
    std::map<std::string, WideMoney> totals;
    for (const ExceptionItem& item : items) {
        if (!item.finding.at_risk || item.status == ExceptionStatus::closed) continue;
        const WideMoney& amount = *item.finding.at_risk;
        const auto [found, is_new] = totals.emplace(amount.currency.code(), amount);
        if (is_new) continue;
        const auto sum = found->second.plus(amount);
        if (sum.ok()) found->second = *sum;
    }
    std::string text;
    for (const auto& [code, total] : totals)
        text += (text.empty() ? "" : ", ") + total.text();
    return text;
}

void write_pairs(JsonWriter& writer, const char* key, const char* name, const char* value,
                 const std::vector<std::pair<std::string, std::string>>& pairs) {
    writer.key(key).begin_array();
    for (const auto& [first, second] : pairs) {
        writer.begin_object().member(name, first).member(value, second).end_object();
    }
    writer.end_array();
}

void write_item(JsonWriter& writer, const ExceptionItem& item) {
    const Finding& finding = item.finding;
    writer.begin_object().member("id", item.id.text()).member("client", item.client.text());
    writer.member("type", finding.type).member("key", finding.key);
    writer.member("status", item.status == ExceptionStatus::open ? "open" : "closed");
    writer.member("severity", name_of(finding.severity)).member("owner", finding.owner);
    writer.key("at_risk");
    if (finding.at_risk) {
        writer.begin_object();
        writer.member("amount",
                      finding.at_risk->amount.text(finding.at_risk->currency.minor_digits()));
        writer.member("currency", finding.at_risk->currency.code()).end_object();
    } else {
        writer.null();
    }
    writer.member("title", finding.title);
    for (const auto& [name, date] : {std::pair{"from", finding.from}, {"to", finding.to}}) {
        writer.key(name);
        date ? writer.string(date->text()) : writer.null();
    }
    writer.key("doubts").begin_array();
    for (const Doubt& doubt : finding.doubts) {
        writer.begin_object().member("book", doubt.book).member("from", doubt.from.text());
        writer.member("to", doubt.to.text()).end_object();
    }
    writer.end_array();
    write_pairs(writer, "evidence", "name", "value", finding.evidence);
    write_pairs(writer, "fixes", "fix", "how", finding.fixes);
    writer.member("stage", item.stage).member("opened_at", item.opened_at.text());
    writer.key("closed_at");
    item.closed_at ? writer.string(item.closed_at->text()) : writer.null();
    writer.member("times_opened", item.times_opened).end_object();
}

}  // namespace

std::string exceptions_text(const std::vector<ExceptionItem>& items) {
    if (items.empty()) return "No open exceptions.\n";
    Table table({{"at risk", Table::Align::right},
                 {"severity"},
                 {"owner"},
                 {"client"},
                 {"type"},
                 {"what broke"},
                 {"fix"},
                 {"id"}});
    for (const ExceptionItem& item : items) {
        const Finding& finding = item.finding;
        table.add({finding.at_risk ? finding.at_risk->text() : "",
                   std::string(name_of(finding.severity)), finding.owner, item.client.text(),
                   finding.type + (item.status == ExceptionStatus::closed ? " (closed)" : ""),
                   finding.title, finding.fixes.empty() ? "" : finding.fixes.front().first,
                   item.id.text()});
    }
    const std::string totals = totals_text(items);
    return table.text() + fmt::format("\n{} exception{}{}{}\n", items.size(),
                                      items.size() == 1 ? "" : "s",
                                      totals.empty() ? "" : ", at risk ", totals);
}

std::string exceptions_json(const std::vector<ExceptionItem>& items) {
    JsonWriter writer(true);
    writer.begin_object().key("exceptions").begin_array();
    for (const ExceptionItem& item : items)
        write_item(writer, item);
    return writer.end_array().end_object().take() + "\n";
}

}  // namespace meshline
