#include "core/model/finding_key.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

void append_part(std::string& key, std::string_view part) {
    for (const char letter : part) {
        if (letter == '\\') {
            key += "\\\\";
        } else if (letter == ' ') {
            key += "\\_";
        } else {
            key += letter;
        }
    }
}

/// Takes up what `other` says beyond `finding`.
void take_up(Finding& finding, Finding other) {
    finding.severity = std::max(finding.severity, other.severity);
    const bool is_larger =
        other.at_risk &&
        (!finding.at_risk || (finding.at_risk->currency == other.at_risk->currency &&
                              finding.at_risk->amount < other.at_risk->amount));
    if (is_larger) finding.at_risk = other.at_risk;
    if (other.from) finding.from = std::min(finding.from.value_or(*other.from), *other.from);
    if (other.to) finding.to = std::max(finding.to.value_or(*other.to), *other.to);
    std::ranges::move(other.doubts, std::back_inserter(finding.doubts));
}

}  // namespace

std::string finding_key(std::initializer_list<std::string_view> parts) {
    if (parts.size() == 1) return std::string(*parts.begin());
    std::string key;
    for (const std::string_view& part : parts) {
        if (&part != parts.begin()) key += ' ';
        append_part(key, part);
    }
    return key;
}

std::string finding_key_behind(std::initializer_list<std::string_view> before,
                               std::string_view text) {
    std::string key;
    for (const std::string_view part : before) {
        append_part(key, part);
        key += ' ';
    }
    return key.append(text);
}

std::string finding_key_part_sql(std::string_view column) {
    return fmt::format(R"(replace(replace({}, '\', '\\'), ' ', '\_'))", column);
}

std::vector<Finding> merge_same_keys(std::vector<Finding> findings) {
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    std::map<std::size_t, int> counts;
    std::vector<Finding> merged;
    for (Finding& finding : findings) {
        const auto [found, is_new] = places.try_emplace({finding.type, finding.key}, merged.size());
        if (is_new) {
            merged.push_back(std::move(finding));
            continue;
        }
        ++counts.try_emplace(found->second, 1).first->second;
        take_up(merged[found->second], std::move(finding));
    }
    for (const auto& [place, count] : counts) {
        merged[place].evidence.emplace_back(
            "merged", fmt::format("{} findings of this stage have this key", count));
    }
    return merged;
}

}  // namespace meshline
