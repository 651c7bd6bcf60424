#include "base/json/json_writer.hpp"
#include "operate/answers/at_risk_json.hpp"
#include "operate/answers/status.hpp"

namespace meshline {
namespace {

void write_newest(JsonWriter& writer, const std::optional<NewestFigure>& newest) {
    writer.key("newest");
    if (!newest) {
        writer.null();
        return;
    }
    writer.begin_object().member("day", newest->day.text()).member("metric", newest->metric);
    writer.member("state", name_of(newest->state)).member("reason", newest->reason).end_object();
}

void write_sources(JsonWriter& writer, const std::vector<SourceStatus>& sources) {
    writer.key("sources").begin_array();
    for (const SourceStatus& one : sources) {
        writer.begin_object().member("source", one.source).key("last_record_at");
        one.last_record_at ? writer.string(one.last_record_at->text()) : writer.null();
        writer.end_object();
    }
    writer.end_array();
}

void write_exceptions(JsonWriter& writer, const std::vector<OpenExceptions>& exceptions) {
    writer.key("exceptions").begin_array();
    for (const OpenExceptions& one : exceptions) {
        writer.begin_object().member("severity", name_of(one.severity)).member("open", one.count);
        writer.member("oldest_opened_at", one.oldest_opened_at.text());
        write_at_risk(writer, one.at_risk);
        writer.end_object();
    }
    writer.end_array();
}

void write_run(JsonWriter& writer, const std::optional<RunRecord>& run) {
    writer.key("last_run");
    if (!run) {
        writer.null();
        return;
    }
    writer.begin_object().member("run", run->id.text());
    writer.member("started_at", run->started_at.text()).key("finished_at");
    run->finished_at ? writer.string(run->finished_at->text()) : writer.null();
    writer.member("outcome", run->outcome).member("log_position", run->log_position).end_object();
}

}  // namespace

std::string status_json(const std::vector<ClientStatus>& clients, Instant now) {
    JsonWriter writer(true);
    writer.begin_object().member("at", now.text()).key("clients").begin_array();
    for (const ClientStatus& status : clients) {
        writer.begin_object().member("client", status.client.text());
        write_newest(writer, status.newest);
        write_sources(writer, status.sources);
        write_exceptions(writer, status.exceptions);
        write_at_risk(writer, status.at_risk);
        write_run(writer, status.last_run);
        writer.end_object();
    }
    return writer.end_array().end_object().take() + "\n";
}

}  // namespace meshline
