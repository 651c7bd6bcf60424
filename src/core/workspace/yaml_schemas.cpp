#include "core/workspace/yaml_schemas.hpp"

#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/text/embedded_file.hpp"
#include "base/yaml/yaml_pointer.hpp"

#include <array>
#include <fmt/format.h>
#include <map>
#include <mutex>

namespace meshline {

/// Generated at build time from schema/yaml/.
std::span<const EmbeddedFile> embedded_yaml_schemas();

namespace {

struct KindOfPath {
    std::string_view begin;
    std::string_view end;
    std::string_view kind;
};

// The first that fits counts.
constexpr std::array kinds_of_paths = {
    KindOfPath{"meshline.", "", "meshline"},
    KindOfPath{"owners.", "", "owners"},
    KindOfPath{"currencies.", "", "currencies"},
    KindOfPath{"clients/", "/client.yaml", "client"},
    KindOfPath{"clients/", "/client.yml", "client"},
    KindOfPath{"clients/", "", "source"},
    KindOfPath{"metrics/", "", "metric"},
    KindOfPath{"checks/", "", "check"},
    KindOfPath{"reconciliations/", "", "reconciliation"},
    KindOfPath{"attribution/", "", "attribution"},
    KindOfPath{"reports/", "", "report"},
    KindOfPath{"packs/", "/pack.yaml", "pack"},
};

/// Compiled when a kind is first met.
const JsonSchema& schema_of(const std::string& kind) {
    static std::mutex mutex;
    static std::map<std::string, JsonSchema> compiled;
    const std::lock_guard lock(mutex);
    auto known = compiled.find(kind);
    if (known == compiled.end()) {
        auto schema = JsonSchema::compile(schema_text(kind), kind + ".schema.json", {},
                                          {.refuses_unknown_keywords = true});
        MESHLINE_CHECK(schema.ok());
        known = compiled.emplace(kind, std::move(*schema)).first;
    }
    return known->second;
}

/// Whether the error is about a member's name rather than its value.
bool is_about_name(const SchemaError& error) {
    return error.keyword == "additionalProperties" || error.keyword == "propertyNames";
}

}  // namespace

std::string schema_kind_of(std::string_view path) {
    if (!path.ends_with(".yaml") && !path.ends_with(".yml")) return "";
    for (const KindOfPath& one : kinds_of_paths) {
        if (path.starts_with(one.begin) && path.ends_with(one.end)) return std::string(one.kind);
    }
    return "";
}

std::string_view schema_text(std::string_view kind) {
    const std::string path = fmt::format("{}.schema.json", kind);
    for (const EmbeddedFile& file : embedded_yaml_schemas()) {
        if (file.path == path) return file.bytes;
    }
    MESHLINE_CHECK(false);
    return {};
}

std::vector<Error> check_by_schema(const YamlNode& root, const std::string& path) {
    const std::string kind = schema_kind_of(path);
    JsonDocument document;
    const auto value = document.parse(canonical_json(root));
    MESHLINE_CHECK(!kind.empty() && value.ok());
    std::vector<Error> errors;
    for (const SchemaError& error : schema_of(kind).validate(*value)) {
        const std::string_view pointer = error.instance_location;
        const std::string what = pointer.empty() ? kind : fmt::format("\"{}\"", pointer);
        errors.push_back({.kind = ErrorKind::invalid,
                          .code = "workspace.not_valid",
                          .message = fmt::format("{}: {}", what, error.message),
                          .hint = error.hint.empty()
                                      ? fmt::format("See {} of schema/yaml/{}.schema.json.",
                                                    error.absolute_keyword_location, kind)
                                      : error.hint,
                          .where = place_in_yaml(root, pointer, is_about_name(error), path)});
    }
    return errors;
}

}  // namespace meshline
