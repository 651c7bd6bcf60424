#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "surface/cli/metric_report.hpp"
#include "surface/cli/table.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string member_of(const ReportedFigure& figure) {
    return figure.dimensions.empty() ? "" : figure.dimensions.begin()->second;
}

}  // namespace

std::string value_text(const MetricReport& report, const Decimal& value) {
    if (report.currency.empty()) return value.text();
    const auto currency = Currency::from_code(report.currency);
    return value.text(currency.ok() ? currency->minor_digits() : 2);
}

std::string report_json(const MetricReport& report) {
    JsonWriter writer(true);
    writer.begin_object().member("client", report.client->id.text());
    writer.member("metric", report.metric->head.name);
    writer.key("currency");
    report.currency.empty() ? writer.null() : writer.string(report.currency);
    writer.member("date_basis", report.metric->date_basis);
    writer.member("owner", report.metric->head.owner);
    writer.member("total", value_text(report, report.total));
    writer.key("other_currencies").begin_array();
    for (const std::string& currency : report.other_currencies)
        writer.string(currency);
    writer.end_array().key("figures").begin_array();
    for (const ReportedFigure& figure : report.figures) {
        writer.begin_object().member("period", figure.period).key("dimensions").begin_object();
        for (const auto& [dimension, member] : figure.dimensions)
            writer.member(dimension, member);
        writer.end_object().key("value");
        figure.value ? writer.string(value_text(report, *figure.value)) : writer.null();
        writer.member("state", name_of(figure.state))
            .member("version", figure.version)
            .end_object();
    }
    return writer.end_array().end_object().take() + "\n";
}

std::string report_csv(const MetricReport& report) {
    std::string text = "client,metric,period,dimension,member,value,currency,state,version\r\n";
    for (const ReportedFigure& figure : report.figures) {
        text += fmt::format(
            "{},{},{},{},{},{},{},{},{}\r\n", report.client->id.text(), report.metric->head.name,
            figure.period, figure.dimensions.empty() ? "" : figure.dimensions.begin()->first,
            csv_cell(member_of(figure)), figure.value ? value_text(report, *figure.value) : "",
            report.currency, name_of(figure.state), figure.version);
    }
    return text;
}

std::string report_text(const MetricReport& report) {
    const std::string unit = report.currency.empty() ? "count" : report.currency;
    std::string text = fmt::format("{} of {}, {}, by {}, owner {}\n\n", report.metric->head.name,
                                   report.client->id.text(), unit, report.metric->date_basis,
                                   report.metric->head.owner);
    if (report.figures.empty()) {
        return text + "Nothing is published for this period. Capture records, then: meshline run " +
               report.client->id.text() + "\n";
    }
    const bool has_members = !report.figures.front().dimensions.empty();
    const std::string member_title =
        has_members ? report.figures.front().dimensions.begin()->first : "";
    std::vector<Table::Column> columns = {{"period"}};
    if (has_members) columns.push_back({member_title});
    columns.push_back({"value", Table::Align::right});
    columns.push_back({"state"});
    columns.push_back({"version", Table::Align::right});
    Table table(std::move(columns));
    for (const ReportedFigure& figure : report.figures) {
        std::vector<std::string> cells = {figure.period};
        if (has_members) cells.push_back(member_of(figure));
        cells.push_back(figure.value ? value_text(report, *figure.value) : "-");
        cells.emplace_back(name_of(figure.state));
        cells.push_back(std::to_string(figure.version));
        table.add(std::move(cells));
    }
    text += table.text() + fmt::format("\ntotal {} {}\n", value_text(report, report.total), unit);
    for (const std::string& currency : report.other_currencies) {
        text += fmt::format("There are figures in {} too: --currency {}\n", currency, currency);
    }
    return text;
}

}  // namespace meshline
