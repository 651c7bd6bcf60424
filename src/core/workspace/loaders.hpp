#pragma once

#include "core/workspace/definition_file.hpp"
#include "core/workspace/definitions.hpp"
#include "core/workspace/kept_zones.hpp"
#include "core/workspace/pack_shelf.hpp"

namespace meshline {

// One reader per kind of definition. Each reports what is wrong and returns what could be read; of
// a file with a problem nothing is used.

Owners load_owners(const YamlNode& root, YamlFile& file);
/// Of currencies.yaml, the only one without a name.
CurrencyDefinition load_currencies(const DefinitionFile& definition);
/// Without its sources.
ClientDefinition load_client(const DefinitionFile& definition, const KeptZones& zones);
SourceDefinition load_source(const DefinitionFile& definition, const ClientDefinition& client,
                             PackShelf& shelf, const KeptZones& zones);
MetricDefinition load_metric(const DefinitionFile& definition);
CheckDefinition load_check(const DefinitionFile& definition);
ReconciliationDefinition load_reconciliation(const DefinitionFile& definition);
AttributionDefinition load_attribution(const DefinitionFile& definition);
ReportDefinition load_report(const DefinitionFile& definition);

}  // namespace meshline
