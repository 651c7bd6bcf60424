#include "surface/cli/exception_text.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/control/money_at_risk.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

void write_amount(JsonWriter& writer, std::string_view key, const WideMoney& money) {
    writer.member(key, money.amount.text(money.currency.minor_digits()));
}

void write_totals(JsonWriter& writer, const std::vector<MoneyAtRisk>& risks) {
    writer.key("at_risk").begin_array();
    for (const MoneyAtRisk& risk : risks) {
        writer.begin_object().member("client", risk.client.text());
        writer.member("currency", risk.counted.currency.code());
        write_amount(writer, "amount", risk.counted);
        write_amount(writer, "estimated", risk.estimated);
        writer.key("is_at_least").boolean(risk.is_at_least).end_object();
    }
    writer.end_array();
}

std::size_t open_count(const std::vector<ExceptionItem>& items, const ClientId& client) {
    return static_cast<std::size_t>(std::ranges::count_if(items, [&](const ExceptionItem& item) {
        return item.client == client && item.status == ExceptionStatus::open;
    }));
}

std::string counted(std::size_t count) {
    return fmt::format("{} exception{}", with_thousands(static_cast<std::int64_t>(count)),
                       count == 1 ? "" : "s");
}

/// A line for all, where there are several clients one for each: their money is not added.
std::string footer(const std::vector<ExceptionItem>& items) {
    const std::vector<MoneyAtRisk> risks = money_at_risk(items);
    std::map<ClientId, std::vector<MoneyAtRisk>> by_client;
    for (const ExceptionItem& item : items)
        by_client[item.client];
    for (const MoneyAtRisk& risk : risks)
        by_client[risk.client].push_back(risk);
    std::string text = counted(items.size());
    if (by_client.size() == 1) {
        const std::string totals = money_at_risk_text(risks);
        return text + (totals.empty() ? "" : ", at risk " + totals) + "\n";
    }
    text += "\n";
    for (const auto& [client, of_client] : by_client) {
        const std::string totals = money_at_risk_text(of_client);
        text += text_line("  {}: {} open{}{}", client.text(),
                          with_thousands(static_cast<std::int64_t>(open_count(items, client))),
                          totals.empty() ? "" : ", at risk ", totals);
    }
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

std::string money_at_risk_text(const std::vector<MoneyAtRisk>& risks) {
    std::string text;
    for (const MoneyAtRisk& risk : risks) {
        std::string parts;
        if (risk.counted.amount != WideDecimal() || risk.estimated.amount == WideDecimal()) {
            parts = fmt::format("{}{}", risk.is_at_least ? "at least " : "",
                                with_thousands(risk.counted.text()));
        }
        if (risk.estimated.amount != WideDecimal()) {
            parts +=
                fmt::format("{}about {} of absent records (estimated)",
                            parts.empty() ? "" : " and ", with_thousands(risk.estimated.text()));
        }
        text += (text.empty() ? "" : ", ") + parts;
    }
    return text;
}

std::string exceptions_text(const std::vector<ExceptionItem>& items) {
    if (items.empty()) return "No open exceptions.\n";
    Table table({{"severity"},
                 {"at risk", Table::Align::right},
                 {"owner"},
                 {"client"},
                 {"type"},
                 {"what broke"},
                 {"fix"},
                 {"id"}});
    for (const ExceptionItem& item : items) {
        const Finding& finding = item.finding;
        table.add({std::string(name_of(finding.severity)),
                   finding.at_risk ? with_thousands(finding.at_risk->text()) : "", finding.owner,
                   item.client.text(),
                   finding.type + (item.status == ExceptionStatus::closed ? " (closed)" : ""),
                   finding.title, finding.fixes.empty() ? "" : finding.fixes.front().first,
                   item.id.text()});
    }
    return table.text() + "\n" + footer(items);
}

std::string exceptions_json(const std::vector<ExceptionItem>& items) {
    JsonWriter writer(true);
    writer.begin_object().key("exceptions").begin_array();
    for (const ExceptionItem& item : items)
        write_item(writer, item);
    writer.end_array();
    write_totals(writer, money_at_risk(items));
    return writer.end_object().take() + "\n";
}

}  // namespace meshline
