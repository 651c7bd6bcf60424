#include "base/text/text.hpp"
#include "operate/answers/metric_report.hpp"

#include <fmt/format.h>

namespace meshline {

std::string metric_report_csv(const MetricReport& report) {
    std::string text =
        "client,metric,period,dimension,member,value,currency,state,version,note\r\n";
    for (const ReportedFigure& figure : report.figures) {
        const bool has_member = !figure.dimensions.empty();
        const std::string dimension = has_member ? figure.dimensions.begin()->first : "";
        const std::string member = has_member ? figure.dimensions.begin()->second : "";
        text += fmt::format("{},{},{},{},{},{},{},{},{},{}\r\n", report.client->id.text(),
                            report.metric->head.name, figure.period, dimension, csv_cell(member),
                            figure.value ? value_text(report, *figure.value) : "", report.currency,
                            name_of(figure.state), figure.version, csv_cell(figure.note));
    }
    return text;
}

}  // namespace meshline
