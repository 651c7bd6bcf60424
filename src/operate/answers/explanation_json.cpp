#include "base/json/json_writer.hpp"
#include "base/money/money_text.hpp"
#include "operate/answers/explanation.hpp"

namespace meshline {
namespace {

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

void write_sums(JsonWriter& writer, const std::vector<ExplainedSum>& sums) {
    writer.begin_array();
    for (const ExplainedSum& sum : sums) {
        writer.begin_object().member("entry_type", sum.entry_type).member("source", sum.source);
        writer.member("stream", sum.stream).member("currency", sum.currency);
        writer.member("entries", sum.entries);
        writer.member("amount", amount_text(sum.amount.text(), sum.currency));
        writer.member("quantity", sum.quantity.text()).end_object();
    }
    writer.end_array();
}

void write_entries(JsonWriter& writer, const std::vector<ExplainedEntry>& entries) {
    writer.begin_array();
    for (const ExplainedEntry& entry : entries) {
        writer.begin_object().member("position", entry.position);
        writer.member("payload_digest", entry.payload_digest.hex());
        writer.member("source", entry.source).member("stream", entry.stream);
        writer.member("object_id", entry.object_id).member("entry_type", entry.entry_type);
        writer.member("line_no", entry.line_no).member("sign", entry.sign);
        writer.member("business_on", entry.business_on);
        writer.member("amount", amount_text(entry.amount.text(), entry.currency)).key("quantity");
        entry.quantity ? writer.string(entry.quantity->text()) : writer.null();
        writer.member("currency", entry.currency).key("order_ref");
        entry.order_ref ? writer.string(*entry.order_ref) : writer.null();
        writer.end_object();
    }
    writer.end_array();
}

void write_owners(JsonWriter& writer, const std::vector<ExplainedOwner>& owners) {
    writer.begin_array();
    for (const ExplainedOwner& one : owners) {
        writer.begin_object().member("kind", one.kind).member("name", one.name);
        writer.member("owner", one.owner).key("owner_then");
        one.owner_then.empty() ? writer.null() : writer.string(one.owner_then);
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace

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
    write_sums(writer, explanation.sums);
    writer.member("entry_count", explanation.entry_count).key("entries");
    write_entries(writer, explanation.entries);
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
