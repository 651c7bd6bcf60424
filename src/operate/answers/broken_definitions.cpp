#include "operate/answers/broken_definitions.hpp"

namespace meshline {

std::vector<const LeftOut*> broken_behind(const Workspace& workspace,
                                          const ClientDefinition& client,
                                          const MetricDefinition* metric) {
    std::vector<const LeftOut*> broken;
    for (const LeftOut& one : workspace.left_out) {
        const bool is_other_metric = metric && one.kind == LeftOutKind::metric;
        if (one.concerns(client.id.text()) && !is_other_metric) broken.push_back(&one);
    }
    return broken;
}

void write_broken(JsonWriter& writer, const std::vector<const LeftOut*>& broken) {
    writer.begin_array();
    for (const LeftOut* one : broken) {
        const Place& where = one->why.where;
        writer.begin_object().member("kind", name_of(one->kind)).member("name", one->name);
        writer.member("problem", one->why.message).member("file", where.file);
        writer.member("line", where.line).member("column", where.column).end_object();
    }
    writer.end_array();
}

}  // namespace meshline
