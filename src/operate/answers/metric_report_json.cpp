#include "base/json/json_writer.hpp"
#include "operate/answers/broken_definitions.hpp"
#include "operate/answers/metric_report.hpp"

namespace meshline {

std::string metric_report_json(const MetricReport& report) {
    JsonWriter writer(true);
    writer.begin_object().member("client", report.client->id.text());
    writer.member("metric", report.metric->head.name);
    writer.key("currency");
    report.currency.empty() ? writer.null() : writer.string(report.currency);
    writer.member("date_basis", report.metric->date_basis);
    writer.member("owner", report.metric->head.owner);
    writer.key("as_of");
    report.as_of.day ? writer.string(report.as_of.day->text()) : writer.null();
    writer.member("as_of_note", report.as_of.note);
    writer.key("events_since_run");
    report.as_of.events_since_run ? writer.integer(*report.as_of.events_since_run) : writer.null();
    writer.key("published");
    if (report.published_from) {
        writer.begin_object().member("from", report.published_from->text());
        writer.member("to", report.published_to->text()).end_object();
    } else {
        writer.null();
    }
    writer.key("total");
    report.total ? writer.string(value_text(report, report.total)) : writer.null();
    writer.member("total_note", report.total_note);
    writer.key("other_currencies").begin_array();
    for (const std::string& currency : report.other_currencies)
        writer.string(currency);
    writer.end_array().key("days_left_out").begin_array();
    for (const BusinessDate& day : report.days_left_out)
        writer.string(day.text());
    writer.end_array().key("broken");
    write_broken(writer, report.broken);
    writer.key("figures").begin_array();
    for (const ReportedFigure& figure : report.figures) {
        writer.begin_object().member("period", figure.period).key("dimensions").begin_object();
        for (const auto& [dimension, member] : figure.dimensions)
            writer.member(dimension, member);
        writer.end_object().key("value");
        figure.value ? writer.string(value_text(report, *figure.value)) : writer.null();
        writer.member("state", name_of(figure.state)).member("version", figure.version);
        writer.member("note", figure.note).end_object();
    }
    return writer.end_array().end_object().take() + "\n";
}

}  // namespace meshline
