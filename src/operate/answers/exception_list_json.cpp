#include "base/json/json_writer.hpp"
#include "operate/answers/at_risk_json.hpp"
#include "operate/answers/exception_list.hpp"

#include <utility>

namespace meshline {
namespace {

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

std::string exception_list_json(const ExceptionList& list) {
    JsonWriter writer(true);
    writer.begin_object().key("exceptions").begin_array();
    for (const ExceptionItem& item : list.items)
        write_item(writer, item);
    writer.end_array();
    write_at_risk(writer, list.at_risk);
    return writer.end_object().take() + "\n";
}

}  // namespace meshline
