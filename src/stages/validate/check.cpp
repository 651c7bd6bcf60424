#include "stages/validate/check.hpp"

#include "base/json/json.hpp"

namespace meshline {
namespace {

const char* name_of(CheckSeverity severity) {
    switch (severity) {
        case CheckSeverity::note:
            return "note";
        case CheckSeverity::quarantine:
            return "quarantine";
        case CheckSeverity::hold:
            return "hold";
    }
    return "note";
}

}  // namespace

CheckResult new_result(const StageContext& context, const CheckDefinition& check,
                       std::string subject) {
    CheckResult result;
    result.run = context.run;
    result.client = context.client.id;
    result.check = check.head.name;
    result.check_digest = check.head.digest;
    result.subject = std::move(subject);
    result.severity = name_of(check.severity);
    result.sample = "[]";
    return result;
}

Finding new_finding(const CheckDefinition& check, std::string type, std::string key) {
    Finding finding;
    finding.type = std::move(type);
    finding.key = std::move(key);
    finding.owner = check.head.owner;
    finding.severity = check.exception_severity;
    finding.evidence = {{"check", check.head.name}};
    if (!check.head.title.empty()) finding.evidence.emplace_back("rule", check.head.title);
    finding.fixes = {{check.fix.empty() ? "review" : check.fix,
                      "Correct at its source what the evidence names, and capture it again."}};
    return finding;
}

std::string sample_json(const Rows& rows) {
    JsonWriter writer;
    writer.begin_array();
    for (std::size_t row = 0; row < rows.rows.size() && row < sample_rows_max; ++row) {
        writer.begin_object();
        for (std::size_t column = 0; column < rows.columns.size(); ++column) {
            writer.key(rows.columns[column]);
            const auto& cell = rows.rows[row][column];
            cell ? writer.string(*cell) : writer.null();
        }
        writer.end_object();
    }
    return writer.end_array().take();
}

}  // namespace meshline
