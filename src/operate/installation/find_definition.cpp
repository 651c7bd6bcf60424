#include "operate/installation/find_definition.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>
#include <vector>

namespace meshline {

Result<const ClientDefinition*> find_client(const Workspace& workspace, const std::string& name) {
    if (const ClientDefinition* found = workspace.find_client(name)) return found;
    if (const LeftOut* one = workspace.find_left_out(LeftOutKind::client, name)) {
        return Error{
            .kind = ErrorKind::invalid,
            .code = "client.left_out",
            .message = fmt::format("the client \"{}\" is left out: {}", name, one->why.message),
            .hint = "Correct its definitions; the other clients go on without it.",
            .where = one->why.where};
    }
    std::vector<std::string> known;
    for (const ClientDefinition& one : workspace.clients)
        known.push_back(one.id.text());
    return Error{.kind = ErrorKind::not_found,
                 .code = "client.unknown",
                 .message = fmt::format("the workspace has no client \"{}\"", name),
                 .hint = hint_for_unknown(name, known)};
}

Result<const MetricDefinition*> find_metric(const Workspace& workspace, const std::string& name) {
    if (const MetricDefinition* found = workspace.find_metric(name)) return found;
    if (const LeftOut* one = workspace.find_left_out(LeftOutKind::metric, name)) {
        return Error{
            .kind = ErrorKind::invalid,
            .code = "metric.left_out",
            .message = fmt::format("the metric \"{}\" is left out: {}", name, one->why.message),
            .hint = "Correct its definition; its published figures stay as they are.",
            .where = one->why.where};
    }
    std::vector<std::string> known;
    for (const MetricDefinition& one : workspace.metrics)
        known.push_back(one.head.name);
    return Error{.kind = ErrorKind::not_found,
                 .code = "metric.unknown",
                 .message = fmt::format("the workspace has no metric \"{}\"", name),
                 .hint = hint_for_unknown(name, known)};
}

}  // namespace meshline
