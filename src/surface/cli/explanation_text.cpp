#include "base/json/json.hpp"
#include "base/money/money_text.hpp"
#include "base/text/text.hpp"
#include "surface/cli/explanation.hpp"
#include "surface/cli/table.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

bool is_amount(const std::string& column) {
    return column == "amount" || column == "quantity";
}

/// The cell of a column of amounts: "12.500000" of USD as "12.50", of no currency as "12.5".
std::string number_text(const Rows& rows, std::size_t row, std::size_t column) {
    const std::string& text = *rows.rows[row][column];
    const auto code = std::ranges::find(rows.columns, "currency");
    const bool is_money = rows.columns[column] == "amount" && code != rows.columns.end();
    const auto code_at = static_cast<std::size_t>(code - rows.columns.begin());
    return amount_text(text, is_money ? rows.rows[row][code_at].value_or("") : "");
}

std::string rows_text(const Rows& rows) {
    std::vector<Table::Column> columns;
    for (const std::string& name : rows.columns) {
        const bool is_number = is_amount(name) || name == "entries" || name == "position";
        columns.push_back({name, is_number ? Table::Align::right : Table::Align::left});
    }
    Table table(columns);
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        std::vector<std::string> cells;
        for (std::size_t column = 0; column < rows.columns.size(); ++column) {
            const std::string cell = rows.rows[row][column].value_or("");
            const std::string& name = rows.columns[column];
            if (name == "entries") {
                cells.push_back(with_thousands(cell));
            } else if (is_amount(name) && !cell.empty()) {
                cells.push_back(with_thousands(number_text(rows, row, column)));
            } else if (name == "payload_digest") {
                cells.push_back(cell.substr(0, 12));
            } else {
                cells.push_back(cell);
            }
        }
        table.add(std::move(cells));
    }
    return table.text();
}

void write_rows(JsonWriter& writer, const Rows& rows) {
    writer.begin_array();
    for (std::size_t number = 0; number < rows.rows.size(); ++number) {
        const auto& row = rows.rows[number];
        writer.begin_object();
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string& name = rows.columns[column];
            writer.key(name);
            const bool is_integer =
                name == "position" || name == "line_no" || name == "sign" || name == "entries";
            if (!row[column]) {
                writer.null();
            } else if (is_integer) {
                writer.raw(*row[column]);
            } else {
                writer.string(is_amount(name) ? number_text(rows, number, column) : *row[column]);
            }
        }
        writer.end_object();
    }
    writer.end_array();
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

void write_figure(JsonWriter& writer, const MetricReport& report) {
    const ReportedFigure& figure = report.figures.front();
    writer.key("value");
    figure.value ? writer.string(value_text(report, *figure.value)) : writer.null();
    writer.key("currency");
    report.currency.empty() ? writer.null() : writer.string(report.currency);
    writer.member("state", name_of(figure.state)).member("version", figure.version);
    writer.key("other_currencies").begin_array();
    for (const std::string& currency : report.other_currencies)
        writer.string(currency);
    writer.end_array();
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
            rows_text(explanation.sums);
    text += fmt::format("\nEntries and the events behind them ({} of {})\n",
                        explanation.entries.rows.size(), with_thousands(explanation.entry_count));
    text += rows_text(explanation.entries) + "\nDefinitions\n";
    Table definitions({{"kind"}, {"name"}, {"digest"}});
    for (const StoredDefinition& definition : explanation.definitions) {
        definitions.add({definition.kind, definition.name, definition.digest.brief()});
    }
    return text + definitions.text() + "\nOwners\n" + owners_text(explanation.owners);
}

std::string explanation_json(const Explanation& explanation) {
    JsonWriter writer(true);
    writer.begin_object().member("client", explanation.client->id.text());
    writer.member("metric", explanation.metric->head.name);
    writer.member("from", explanation.period.from.text())
        .member("to", explanation.period.to.text());
    write_figure(writer, explanation.report);
    writer.key("publications").begin_array();
    for (const auto& [act, value] : explanation.publications) {
        writer.begin_object().member("period", publication_period_text(act));
        writer.member("version", act.version).key("value");
        value ? writer.string(value_text(explanation.report, value)) : writer.null();
        writer.member("state", name_of(act.state)).member("reason", act.reason);
        writer.member("log_position", act.log_position).member("log_root", act.log_root.hex());
        writer.member("definitions_digest", act.definitions_digest.hex());
        writer.member("checks_digest", act.checks_digest.hex());
        writer.member("result_digest", act.result_digest.hex());
        writer.member("published_at", act.published_at.text()).end_object();
    }
    writer.end_array().key("sums");
    write_rows(writer, explanation.sums);
    writer.member("entry_count", explanation.entry_count).key("entries");
    write_rows(writer, explanation.entries);
    writer.key("definitions").begin_array();
    for (const StoredDefinition& definition : explanation.definitions) {
        writer.begin_object().member("kind", definition.kind).member("name", definition.name);
        writer.member("digest", definition.digest.hex()).end_object();
    }
    writer.end_array().key("owners");
    write_owners(writer, explanation.owners);
    return writer.end_object().take() + "\n";
}

}  // namespace meshline
