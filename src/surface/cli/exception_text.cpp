#include "surface/cli/exception_text.hpp"

#include "base/text/text.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

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
std::string footer(const ExceptionList& list) {
    std::map<ClientId, std::vector<MoneyAtRisk>> by_client;
    for (const ExceptionItem& item : list.items)
        by_client[item.client];
    for (const MoneyAtRisk& risk : list.at_risk)
        by_client[risk.client].push_back(risk);
    std::string text = counted(list.items.size());
    if (by_client.size() == 1) {
        const std::string totals = money_at_risk_text(list.at_risk);
        return text + (totals.empty() ? "" : ", at risk " + totals) + "\n";
    }
    text += "\n";
    for (const auto& [client, of_client] : by_client) {
        const std::string totals = money_at_risk_text(of_client);
        text += text_line("  {}: {} open{}{}", client.text(),
                          with_thousands(static_cast<std::int64_t>(open_count(list.items, client))),
                          totals.empty() ? "" : ", at risk ", totals);
    }
    return text;
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

std::string exceptions_text(const ExceptionList& list) {
    if (list.items.empty()) return "No open exceptions.\n";
    Table table({{"severity"},
                 {"at risk", Table::Align::right},
                 {"owner"},
                 {"client"},
                 {"type"},
                 {"what broke"},
                 {"fix"},
                 {"id"}});
    for (const ExceptionItem& item : list.items) {
        const Finding& finding = item.finding;
        table.add({std::string(name_of(finding.severity)),
                   finding.at_risk ? with_thousands(finding.at_risk->text()) : "", finding.owner,
                   item.client.text(),
                   finding.type + (item.status == ExceptionStatus::closed ? " (closed)" : ""),
                   finding.title, finding.fixes.empty() ? "" : finding.fixes.front().first,
                   item.id.text()});
    }
    return table.text() + "\n" + footer(list);
}

}  // namespace meshline
