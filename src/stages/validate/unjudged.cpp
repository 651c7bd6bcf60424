#include "stages/validate/unjudged.hpp"

#include "core/model/finding_key.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Finding finding_of(const StageContext& context, const LeftOut& gate) {
    Finding finding;
    finding.type = "check_failed";
    // Names of checks hold no slash, so no check's own finding has this key.
    finding.key = finding_key({gate.file + (gate.file.find('/') == std::string::npos ? "/" : "")});
    finding.owner = context.client.head.owner;
    finding.severity = Severity::high;
    for (const char* book : book_names)
        finding.doubts.push_back({book, date_min, date_max});
    const std::string what =
        gate.kind == LeftOutKind::file
            ? fmt::format("{} is read by nothing", gate.file)
            : fmt::format("the {} {} cannot be run", name_of(gate.kind), gate.name);
    finding.title = fmt::format("{}: {}", what, gate.why.message);
    finding.evidence = {{"file", gate.file}, {"problem", gate.why.message}};
    if (gate.why.where.is_known()) finding.evidence.emplace_back("at", gate.why.where.text());
    finding.fixes = {{"review",
                      "Correct the definition: until it can be run nobody knows what it would have"
                      " found, so no figure is verified."}};
    return finding;
}

}  // namespace

Result<Checked> unjudged_gates(StageContext& context) {
    Checked unjudged;
    std::vector<std::string> checks;
    for (const LeftOut& one : context.workspace.left_out) {
        if (!one.is_gate() || !one.concerns(context.client.id.text())) continue;
        unjudged.findings.push_back(finding_of(context, one));
        if (one.kind == LeftOutKind::check) checks.push_back(one.name);
    }
    if (checks.empty()) return unjudged;
    MESHLINE_ASSIGN(auto before, context.control.latest_check_results(context.client.id));
    for (CheckResult& result : before) {
        if (std::ranges::find(checks, result.check) == checks.end()) continue;
        result.run = context.run;
        unjudged.results.push_back(std::move(result));
    }
    return unjudged;
}

}  // namespace meshline
