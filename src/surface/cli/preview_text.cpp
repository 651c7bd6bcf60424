#include "surface/cli/preview_text.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "operate/answers/coverage_json.hpp"
#include "surface/cli/capture_text.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// At least the two digits that most currencies have.
constexpr int money_digits_min = 2;

std::string currencies_text(const CapturePreview& preview) {
    std::vector<std::string> parts;
    for (const auto& [currency, count] : preview.currencies) {
        parts.push_back(fmt::format("{} {}", with_thousands(count),
                                    currency.empty() ? "without a currency" : currency));
    }
    return join(parts, ", ");
}

/// What is booked tells more than what the records' own fields add up to.
std::string sums_text(const CapturePreview& preview) {
    Table booked({{"BOOKED"}, {"FROM"}, {"TO"}, {"SUM", Table::Align::right}, {"CURRENCY"}});
    for (const Booked& one : preview.booked) {
        booked.add({one.type, one.first_on.text(), one.last_on.text(),
                    with_thousands(one.amount.text(money_digits_min)), one.currency});
    }
    if (!booked.is_empty()) return booked.text();
    Table table({{"FIELD"}, {"SUM", Table::Align::right}, {"CURRENCY"}});
    for (const auto& [of, sum] : preview.sums)
        table.add({of.first, with_thousands(sum.text(money_digits_min)), of.second});
    return table.is_empty() ? "" : table.text();
}

}  // namespace

std::string preview_text(const CapturePreview& preview) {
    const CaptureReport& report = preview.report;
    std::string text = capture_text(report);
    if (preview.kept > 0) {
        text += text_line("days: {} to {} ({})", preview.first_on->text(), preview.last_on->text(),
                          preview.zone);
        text += text_line("currencies: {}", currencies_text(preview));
        text += sums_text(preview);
    }
    for (const Misfit& misfit : preview.misfits)
        text += text_line("does not fit: {}", misfit.message);
    return text + "Nothing was written.\n";
}

std::string preview_json(const std::string& client, const std::string& stream,
                         const CapturePreview& preview) {
    JsonWriter writer(true);
    writer.begin_object().member("client", client).member("stream", stream);
    write_counts(writer, preview.report);
    writer.member("kept", preview.kept).member("zone", preview.zone);
    writer.member("first_on", preview.first_on ? preview.first_on->text() : "");
    writer.member("last_on", preview.last_on ? preview.last_on->text() : "");
    writer.key("currencies").begin_object();
    for (const auto& [currency, count] : preview.currencies)
        writer.member(currency, count);
    writer.end_object().key("sums").begin_array();
    for (const auto& [of, sum] : preview.sums) {
        writer.begin_object().member("field", of.first).member("currency", of.second);
        writer.member("sum", sum.text(money_digits_min)).end_object();
    }
    writer.end_array().key("booked").begin_array();
    for (const Booked& one : preview.booked) {
        writer.begin_object().member("type", one.type).member("currency", one.currency);
        writer.member("first_on", one.first_on.text()).member("last_on", one.last_on.text());
        writer.member("sum", one.amount.text(money_digits_min)).end_object();
    }
    writer.end_array().key("misfits").begin_array();
    for (const Misfit& misfit : preview.misfits) {
        writer.begin_object().member("code", misfit.code);
        writer.member("message", misfit.message).end_object();
    }
    writer.end_array();
    write_problems(writer, preview.report);
    if (preview.report.coverage) write_coverage(writer, *preview.report.coverage);
    return writer.end_object().take() + "\n";
}

}  // namespace meshline
