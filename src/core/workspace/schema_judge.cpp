#include "core/workspace/schema_judge.hpp"

#include "base/json/json.hpp"
#include "base/yaml/yaml.hpp"

#include <fstream>
#include <sstream>
#include <utility>

namespace meshline {

std::string schema_text(const std::string& kind) {
    const std::string path =
        std::string(MESHLINE_SOURCE_DIR) + "/schema/yaml/" + kind + ".schema.json";
    std::ifstream file(path, std::ios::binary);
    MESHLINE_CHECK(file.is_open());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string schema_kind_of(const std::string& path) {
    static const std::vector<std::pair<std::string, std::string>> kinds = {
        {"/meshline.yaml", "meshline"},   {"/owners.yaml", "owners"},
        {"/client.yaml", "client"},       {"/sources/", "source"},
        {"/metrics/", "metric"},          {"/checks/", "check"},
        {"/attribution/", "attribution"}, {"/reconciliations/", "reconciliation"},
        {"/reports/", "report"},          {"/pack.yaml", "pack"}};
    if (!path.ends_with(".yaml") && !path.ends_with(".yml")) return "";
    for (const auto& [part, kind] : kinds) {
        if (path.find(part) != std::string::npos) return kind;
    }
    return "";
}

std::vector<SchemaError> schema_violations(const std::string& path, const std::string& yaml) {
    const std::string kind = schema_kind_of(path);
    const auto contract = Contract::compile(schema_text(kind), kind);
    MESHLINE_CHECK(contract.ok());
    const auto root = parse_yaml(yaml, path);
    MESHLINE_CHECK(root.ok());
    JsonDocument document;
    const auto value = document.parse(canonical_json(*root));
    MESHLINE_CHECK(value.ok());
    return contract->judge(*value, ReadOptions{});
}

}  // namespace meshline
