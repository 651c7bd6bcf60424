#include "surface/cli/metric_report_text.hpp"

#include "base/text/text.hpp"
#include "surface/cli/broken_text.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <fmt/format.h>
#include <iterator>

namespace meshline {
namespace {

std::string member_of(const ReportedFigure& figure) {
    return figure.dimensions.empty() ? "" : figure.dimensions.begin()->second;
}

using Lines = std::vector<ReportedFigure>::const_iterator;

/// The end of the lines from `first` on that all say that nothing is known yet; of any other line,
/// its own. They may be many, and one says as much.
Lines end_of_silence(const std::vector<ReportedFigure>& figures, Lines first) {
    Lines end = std::next(first);
    const auto is_silent = [](const ReportedFigure& figure) {
        return !figure.value && figure.version == 0 && figure.dimensions.empty();
    };
    if (!is_silent(*first)) return end;
    while (end != figures.end() && is_silent(*end) && end->state == first->state &&
           end->note == first->note)
        ++end;
    return end;
}

}  // namespace

std::string shown_value(const MetricReport& report, const std::optional<WideDecimal>& value) {
    return with_thousands(value_text(report, value));
}

namespace {

/// How many days a record lies back. One that came a day ahead may have come by a clock that is
/// a little fast, at midnight.
std::string ago(int days) {
    if (days < -1)
        return fmt::format("{} days ahead of this machine's clock", with_thousands(-days));
    if (days <= 0) return "today";
    if (days == 1) return "yesterday";
    return fmt::format("{} days ago", with_thousands(days));
}

}  // namespace

std::string as_of_text(const ClientDefinition& client, const AsOf& as_of, Instant now) {
    if (!as_of.day) return as_of.note.empty() ? "" : "as of an unknown day: " + as_of.note;
    // The log's today is the day on which the last record came.
    const int days = client.calendar.business_on(now).days - as_of.day->days;
    std::string text = fmt::format("as of {}, last record {}", as_of.day->text(), ago(days));
    const std::int64_t waiting = as_of.events_since_run.value_or(0);
    if (waiting > 0) {
        text += fmt::format("; the log has {} event{} more than the last run saw: meshline run {}",
                            with_thousands(waiting), waiting == 1 ? "" : "s", client.id.text());
    }
    return text;
}

std::string report_text(const MetricReport& report, Instant now) {
    const std::string unit = report.currency.empty() ? "count" : report.currency;
    std::string text = text_line("{} of {}, {}, by {}, owner {}", report.metric->head.name,
                                 report.client->id.text(), unit, report.metric->date_basis,
                                 report.metric->head.owner);
    const std::string as_of = as_of_text(*report.client, report.as_of, now);
    text += as_of.empty() ? "\n" : text_line("{}", as_of) + "\n";
    if (report.figures.empty()) {
        return text + why_nothing(*report.client, std::span(&report, 1)) + "\n" +
               days_left_out_text(report.days_left_out) + broken_text(report.broken);
    }
    const bool has_members = !report.figures.front().dimensions.empty();
    const std::string member_title =
        has_members ? report.figures.front().dimensions.begin()->first : "";
    std::vector<Table::Column> columns = {{"period"}};
    if (has_members) columns.push_back({member_title});
    columns.push_back({"value", Table::Align::right});
    columns.push_back({"state"});
    columns.push_back({"version", Table::Align::right});
    columns.push_back({"note"});
    Table table(std::move(columns));
    for (auto first = report.figures.begin(); first != report.figures.end();) {
        const auto next = end_of_silence(report.figures, first);
        const ReportedFigure& figure = *first;
        const bool is_one = next - first == 1;
        first = next;
        std::vector<std::string> cells = {
            is_one ? figure.period : figure.period + " to " + std::prev(next)->period};
        if (has_members) cells.push_back(member_of(figure));
        cells.push_back(shown_value(report, figure.value));
        cells.emplace_back(name_of(figure.state));
        cells.push_back(std::to_string(figure.version));
        cells.push_back(figure.note);
        table.add(std::move(cells));
    }
    text += table.text();
    text += "\n";
    text += report.total ? text_line("total {} {}", shown_value(report, report.total), unit)
                         : text_line("no total: {}", report.total_note);
    return text + days_left_out_text(report.days_left_out) +
           other_currencies_text(report.other_currencies) + broken_text(report.broken);
}

std::string days_left_out_text(const std::set<BusinessDate>& days) {
    constexpr std::size_t days_shown_max = 3;
    if (days.empty()) return "";
    std::vector<std::string> shown;
    for (const BusinessDate& day : days) {
        if (shown.size() == days_shown_max) break;
        shown.push_back(day.text());
    }
    const auto more = static_cast<std::int64_t>(days.size() - shown.size());
    return text_line("Left out, for they are far from today: {}{}. Use --from and --to.",
                     fmt::format("{}", fmt::join(shown, ", ")),
                     more == 0 ? "" : fmt::format(" and {} more days", with_thousands(more)));
}

std::string other_currencies_text(const std::set<std::string>& currencies) {
    std::string text;
    for (const std::string& currency : currencies)
        text += text_line("There are figures in {} too: --currency {}", currency, currency);
    return text;
}

}  // namespace meshline
