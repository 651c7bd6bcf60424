#include "surface/cli/explanation_text.hpp"

#include "base/money/money_text.hpp"
#include "base/text/text.hpp"
#include "surface/cli/explained_owners_text.hpp"
#include "surface/cli/metric_report_text.hpp"
#include "surface/cli/table.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// For people, with the currency's digits and separated thousands.
std::string shown_amount(WideDecimal amount, const std::string& currency) {
    return with_thousands(amount_text(amount.text(), currency));
}

std::string sums_text(const std::vector<ExplainedSum>& sums) {
    using Align = Table::Align;
    Table table({{"entry_type"},
                 {"source"},
                 {"stream"},
                 {"currency"},
                 {"entries", Align::right},
                 {"amount", Align::right},
                 {"quantity", Align::right}});
    for (const ExplainedSum& sum : sums) {
        table.add({sum.entry_type, sum.source, sum.stream, sum.currency,
                   with_thousands(sum.entries), shown_amount(sum.amount, sum.currency),
                   shown_amount(sum.quantity, "")});
    }
    return table.text();
}

std::string entries_text(const std::vector<ExplainedEntry>& entries) {
    using Align = Table::Align;
    Table table({{"position", Align::right},
                 {"payload_digest"},
                 {"source"},
                 {"stream"},
                 {"object_id"},
                 {"entry_type"},
                 {"line_no"},
                 {"sign"},
                 {"business_on"},
                 {"amount", Align::right},
                 {"quantity", Align::right},
                 {"currency"},
                 {"order_ref"}});
    for (const ExplainedEntry& entry : entries) {
        table.add({std::to_string(entry.position), entry.payload_digest.brief(), entry.source,
                   entry.stream, entry.object_id, entry.entry_type, std::to_string(entry.line_no),
                   std::to_string(entry.sign), entry.business_on,
                   shown_amount(entry.amount, entry.currency),
                   entry.quantity ? shown_amount(*entry.quantity, "") : "", entry.currency,
                   entry.order_ref.value_or("")});
    }
    return table.text();
}

/// "52.50 GBP, verified, version 1".
std::string figure_text(const MetricReport& report) {
    const ReportedFigure& figure = report.figures.front();
    std::string text = figure.value ? shown_value(report, figure.value) : "no value";
    if (figure.value && !report.currency.empty()) text += " " + report.currency;
    text += fmt::format(", {}, version {}", name_of(figure.state), figure.version);
    if (!report.other_currencies.empty()) {
        text +=
            fmt::format("; there are figures in {} too", fmt::join(report.other_currencies, ", "));
    }
    return text;
}

}  // namespace

std::string explanation_text(const Explanation& explanation) {
    std::string text =
        fmt::format("{} of {} from {} to {}\n{}\n\nPublications\n", explanation.metric->head.name,
                    explanation.client->id.text(), explanation.period.from.text(),
                    explanation.period.to.text(), figure_text(explanation.report));
    Table publications({{"period"},
                        {"version", Table::Align::right},
                        {"value", Table::Align::right},
                        {"state"},
                        {"log position", Table::Align::right},
                        {"log root"},
                        {"result"},
                        {"published at"},
                        {"why"}});
    for (const auto& [act, value] : explanation.publications) {
        publications.add({publication_period_text(act), std::to_string(act.version),
                          shown_value(explanation.report, value), std::string(name_of(act.state)),
                          std::to_string(act.log_position), act.log_root.brief(),
                          act.result_digest.brief(), act.published_at.text(), act.reason});
    }
    // A held figure is the last good one, whatever came since.
    const bool is_held = explanation.report.figures.front().state == PublicationState::held;
    text += publications.text() +
            (is_held ? "\nWhat the entries come to now, while it is held\n"
                     : "\nWhat it is the sum of\n") +
            sums_text(explanation.sums);
    text += fmt::format("\nEntries and the events behind them ({} of {})\n",
                        explanation.entries.size(), with_thousands(explanation.entry_count));
    text += entries_text(explanation.entries) + "\nDefinitions\n";
    Table definitions({{"kind"}, {"name"}, {"digest"}});
    for (const StoredDefinition& definition : explanation.definitions) {
        definitions.add({definition.kind, definition.name, definition.digest.brief()});
    }
    return text + definitions.text() + "\nOwners\n" + owners_text(explanation.owners);
}

}  // namespace meshline
