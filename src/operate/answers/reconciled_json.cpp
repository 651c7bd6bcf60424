#include "base/json/json_writer.hpp"
#include "base/money/money_text.hpp"
#include "operate/answers/reconciled.hpp"

namespace meshline {
namespace {

/// What an item does not have is null.
void write_text(JsonWriter& writer, std::string_view name, const std::string& text) {
    writer.key(name);
    text.empty() ? writer.null() : writer.string(text);
}

void write_amount(JsonWriter& writer, std::string_view name, WideDecimal amount,
                  const std::string& currency) {
    writer.member(name, amount_text(amount.text(), currency));
}

void write_sum(JsonWriter& writer, const ReconciledSum& sum) {
    writer.begin_object();
    write_text(writer, "reconciliation", sum.reconciliation);
    write_text(writer, "side", sum.side);
    write_text(writer, "outcome", sum.outcome);
    write_text(writer, "reason", sum.reason);
    write_text(writer, "currency", sum.currency);
    writer.member("items", sum.items);
    write_amount(writer, "amount", sum.amount, sum.currency);
    writer.end_object();
}

void write_item(JsonWriter& writer, const ReconciledItem& item) {
    writer.begin_object();
    write_text(writer, "reconciliation", item.reconciliation);
    write_text(writer, "side", item.side);
    write_text(writer, "item_id", item.item_id);
    write_text(writer, "key", item.key);
    write_text(writer, "business_on", item.business_on);
    write_amount(writer, "amount", item.amount, item.currency);
    write_text(writer, "currency", item.currency);
    write_text(writer, "outcome", item.outcome);
    write_text(writer, "reason", item.reason);
    write_text(writer, "rule", item.rule);
    write_text(writer, "group_id", item.group_id);
    if (item.difference) {
        write_amount(writer, "difference", *item.difference, item.currency);
    } else {
        writer.key("difference").null();
    }
    writer.end_object();
}

}  // namespace

std::string reconciled_json(const ClientId& client, const std::vector<ReconciledSum>& summary,
                            const std::vector<ReconciledItem>& items) {
    JsonWriter writer(true);
    writer.begin_object().member("client", client.text()).key("summary").begin_array();
    for (const ReconciledSum& sum : summary)
        write_sum(writer, sum);
    writer.end_array().key("items").begin_array();
    for (const ReconciledItem& item : items)
        write_item(writer, item);
    return writer.end_array().end_object().take() + "\n";
}

}  // namespace meshline
