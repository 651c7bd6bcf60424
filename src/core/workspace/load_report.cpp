#include "core/workspace/loaders.hpp"

namespace meshline {

ReportDefinition load_report(const DefinitionFile& definition) {
    const YamlReader reader(definition.root, "report",
                            {"report", "owner", "title", "metrics", "reconciliations"},
                            definition.file);
    ReportDefinition report;
    report.head = read_head(reader, "report", definition);
    report.metrics =
        read_references(reader, "metrics", Need::required, ReferenceKind::metric, definition);
    report.reconciliations = read_references(reader, "reconciliations", Need::optional,
                                             ReferenceKind::reconciliation, definition);
    return report;
}

}  // namespace meshline
