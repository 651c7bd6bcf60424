#include "operate/answers/run_json.hpp"

#include "base/json/json_writer.hpp"
#include "base/time/civil.hpp"

#include <string_view>

namespace meshline {
namespace {

void write_time(JsonWriter& writer, std::string_view name, std::int64_t second, bool is_known) {
    if (is_known) {
        writer.member(name, Instant{second * micros_per_second}.text());
    } else {
        writer.key(name).null();
    }
}

void write_other_rules(JsonWriter& writer, const std::vector<OtherZoneRules>& others) {
    writer.begin_array();
    for (const OtherZoneRules& other : others) {
        const Stretch& first = other.differences.front();
        writer.begin_object().member("zone", other.zone);
        writer.member("kept", other.kept.digest().hex());
        writer.member("machine", other.machine.digest().hex());
        write_time(writer, "differs_from", first.from, first.from != Stretch().from);
        write_time(writer, "differs_to", first.to, first.to != Stretch().to);
        writer.end_object();
    }
    writer.end_array();
}

void write_taken_rules(JsonWriter& writer, const std::vector<TakenZoneRules>& taken) {
    writer.begin_array();
    for (const TakenZoneRules& one : taken) {
        writer.begin_object().member("client", one.client.text()).key("zones");
        write_other_rules(writer, one.zones);
        writer.key("moved_days").begin_array();
        for (const MovedDay& moved : one.days) {
            writer.begin_object().member("day", moved.day).member("metric", moved.metric);
            writer.member("version", moved.version).end_object();
        }
        writer.end_array().end_object();
    }
    writer.end_array();
}

void write_runs(JsonWriter& writer, const std::vector<ClientReport>& reports) {
    writer.begin_array();
    for (const ClientReport& report : reports) {
        writer.begin_object().member("client", report.client.text());
        writer.member("run", report.run.text()).member("position", report.position);
        writer.member("outcome", report.error ? report.error->code : std::string("done"));
        writer.key("other_zone_rules");
        write_other_rules(writer, report.other_zone_rules);
        writer.key("stages").begin_array();
        for (const StageReport& stage : report.stages) {
            writer.begin_object().member("stage", stage.stage).key("counts").begin_object();
            for (const auto& [name, count] : stage.counts)
                writer.member(name, count);
            writer.end_object().key("exceptions").begin_object();
            writer.member("opened", stage.exceptions.opened);
            writer.member("reopened", stage.exceptions.reopened);
            writer.member("closed", stage.exceptions.closed);
            writer.member("still_open", stage.exceptions.still_open);
            writer.end_object().end_object();
        }
        writer.end_array().end_object();
    }
    writer.end_array();
}

}  // namespace

std::string run_json(const std::vector<ClientReport>& reports) {
    JsonWriter writer(true);
    writer.begin_object().key("runs");
    write_runs(writer, reports);
    return writer.end_object().take() + "\n";
}

std::string run_json(const std::vector<ClientReport>& reports,
                     const std::vector<TakenZoneRules>& taken) {
    JsonWriter writer(true);
    writer.begin_object().key("runs");
    write_runs(writer, reports);
    writer.key("taken_zone_rules");
    write_taken_rules(writer, taken);
    return writer.end_object().take() + "\n";
}

}  // namespace meshline
