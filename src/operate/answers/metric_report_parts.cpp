#include "base/text/text.hpp"
#include "operate/answers/metric_report.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {

int trust_of(PublicationState state) {
    switch (state) {
        case PublicationState::held:
            return 0;
        case PublicationState::provisional:
            return 1;
        case PublicationState::restated:
            return 2;
        case PublicationState::verified:
            return 3;
    }
    return 0;
}

std::string value_text(const MetricReport& report, const std::optional<WideDecimal>& value) {
    if (!value) return "-";
    if (report.currency.empty()) return value->text();
    const auto currency = report.client->currencies.find(report.currency);
    return value->text(currency.ok() ? currency->minor_digits() : 2);
}

Result<void> check_by(const MetricDefinition& metric, const std::string& by) {
    const auto& dimensions = metric.dimensions;
    const bool is_known = (grain_of(by) && by != name_of(Grain::all)) ||
                          std::ranges::find(dimensions, by) != dimensions.end();
    if (is_known) return {};
    std::vector<std::string> known = {"day", "week", "month", "quarter", "year"};
    known.insert(known.end(), dimensions.begin(), dimensions.end());
    return Error{
        .kind = ErrorKind::not_found,
        .code = "report.unknown_dimension",
        .message = fmt::format("metric \"{}\" has no dimension \"{}\"", metric.head.name, by),
        .hint = hint_for_unknown(by, known)};
}

}  // namespace meshline
