#include "operate/orchestrate/keep_unjudged.hpp"

#include <algorithm>
#include <set>

namespace meshline {
namespace {

/// Whether the definition that the finding is of was left out.
bool is_unjudged(const Workspace& workspace, const Finding& finding) {
    const auto is_kind_left_out = [&](LeftOutKind kind) {
        return std::ranges::find(workspace.left_out, kind, &LeftOut::kind) !=
               workspace.left_out.end();
    };
    if (finding.type == "unknown_campaign") return is_kind_left_out(LeftOutKind::attribution);
    if (finding.type == "restatement") return is_kind_left_out(LeftOutKind::metric);
    return std::ranges::any_of(finding.evidence, [&](const auto& fact) {
        return (fact.first == "check" &&
                workspace.find_left_out(LeftOutKind::check, fact.second)) ||
               (fact.first == "reconciliation" &&
                workspace.find_left_out(LeftOutKind::reconciliation, fact.second));
    });
}

}  // namespace

Result<void> keep_unjudged(StageContext& context, std::string_view stage,
                           std::vector<Finding>& findings) {
    if (context.workspace.left_out.empty()) return {};
    std::set<std::pair<std::string, std::string>> found;
    for (const Finding& finding : findings)
        found.emplace(finding.type, finding.key);
    ExceptionFilter filter;
    filter.client = context.client.id;
    MESHLINE_ASSIGN(auto open, context.control.exceptions(filter));
    for (ExceptionItem& item : open) {
        if (item.stage != stage || !is_unjudged(context.workspace, item.finding)) continue;
        if (found.emplace(item.finding.type, item.finding.key).second)
            findings.push_back(std::move(item.finding));
    }
    return {};
}

}  // namespace meshline
