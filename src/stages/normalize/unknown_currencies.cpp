#include "stages/normalize/unknown_currencies.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

template <class Value, class Choose>
void widen(std::optional<Value>& bound, const std::optional<Value>& other, Choose choose) {
    if (!bound || !other) {
        if (other) bound = other;
        return;
    }
    bound = choose(*bound, *other);
}

/// Takes in the days, doubts, evidence and worth of the same code in another stream.
Result<void> take_in(const Finding& other, Finding& finding) {
    const auto earlier = [](BusinessDate left, BusinessDate right) {
        return std::min(left, right);
    };
    const auto later = [](BusinessDate left, BusinessDate right) { return std::max(left, right); };
    widen(finding.from, other.from, earlier);
    widen(finding.to, other.to, later);
    for (const Doubt& doubt : other.doubts) {
        if (std::ranges::find(finding.doubts, doubt) == finding.doubts.end())
            finding.doubts.push_back(doubt);
    }
    for (std::size_t at = 0; at < finding.evidence.size() && at < other.evidence.size(); ++at) {
        auto& [name, value] = finding.evidence[at];
        const bool is_list = name == "objects" || name == "positions";
        if (is_list) value += ", " + other.evidence[at].second;
    }
    if (!other.at_risk) return {};
    if (finding.at_risk) {
        MESHLINE_ASSIGN(finding.at_risk, finding.at_risk->plus(*other.at_risk));
    } else {
        finding.at_risk = other.at_risk;
    }
    return {};
}

}  // namespace

Result<void> UnknownCurrencies::add(UnknownCurrency of_stream) {
    Finding& finding = of_stream.finding;
    std::string worth_in;
    if (finding.at_risk && finding.at_risk->currency.code() != of_stream.code)
        worth_in = finding.at_risk->currency.code();
    const auto [place, is_new] = by_code_.try_emplace({of_stream.code, worth_in});
    Gathered& gathered = place->second;
    gathered.streams.push_back(of_stream.stream);
    gathered.owners.insert(finding.owner);
    gathered.events += of_stream.events;
    if (!is_new) return take_in(finding, gathered.finding);
    gathered.finding = std::move(finding);
    return {};
}

std::vector<Finding> UnknownCurrencies::take(const ClientDefinition& client) {
    std::vector<Finding> findings;
    for (auto& [key, gathered] : by_code_) {
        const auto& [code, worth_in] = key;
        Finding& finding = findings.emplace_back(std::move(gathered.finding));
        finding.key = worth_in.empty() ? finding_key({code}) : finding_key({code, worth_in});
        if (gathered.owners.size() > 1) finding.owner = client.head.owner;
        const bool is_one = gathered.events == 1;
        const std::string streams = fmt::format("{}", fmt::join(gathered.streams, ", "));
        finding.title = fmt::format(
            "{} event{} of {} state{} the currency \"{}\", which is not known",
            with_thousands(gathered.events), is_one ? "" : "s", streams, is_one ? "s" : "", code);
        for (auto& [name, value] : finding.evidence) {
            if (name == "events") value = fmt::format("{}", gathered.events);
        }
        finding.evidence.emplace_back("currency", code);
        finding.evidence.emplace_back("streams", streams);
    }
    by_code_.clear();
    return findings;
}

}  // namespace meshline
