#include "base/jsonschema/metaschemas.hpp"

#include "base/json/for_each_child.hpp"
#include "base/text/embedded_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {

std::span<const EmbeddedFile> metaschema_files();

namespace {

/// "draft_2020_12_core" -> ".../draft/2020-12/meta/core", "draft_07" -> ".../draft-07/schema".
std::string uri_of_file(std::string_view path) {
    std::string name(path.substr(0, path.find(".schema.json")));
    std::ranges::replace(name, '_', '-');
    constexpr std::string_view dated = "draft-20";
    if (!name.starts_with(dated)) return fmt::format("http://json-schema.org/{}/schema", name);
    const std::size_t draft_size = std::string_view("draft-2020-12").size();
    const std::string draft =
        fmt::format("https://json-schema.org/draft/{}", name.substr(6, draft_size - 6));
    if (name.size() == draft_size) return draft + "/schema";
    return fmt::format("{}/meta/{}", draft, name.substr(draft_size + 1));
}

}  // namespace

std::optional<std::string_view> find_metaschema(std::string_view uri) {
    static const auto by_uri = [] {
        std::map<std::string, std::string_view, std::less<>> files;
        for (const EmbeddedFile& file : metaschema_files())
            files.emplace(uri_of_file(file.path), file.bytes);
        return files;
    }();
    const auto found = by_uri.find(uri);
    if (found == by_uri.end()) return std::nullopt;
    return found->second;
}

Result<Vocabularies> read_vocabularies(
    JsonValue listed, Vocabularies known,
    const std::function<Error(std::string, std::string)>& refuse) {
    known.has_applicators = known.has_validation = known.has_unevaluated = false;
    known.asserts_formats = false;
    const bool is_2019 = known.dialect == Dialect::draft_2019_09;
    std::string unknown;
    for_each_child(listed, [&](JsonValue vocabulary) {
        const std::string_view uri = vocabulary.key();
        const bool is_required = vocabulary.is(JsonType::boolean) && vocabulary.boolean();
        const std::string_view name = uri.substr(uri.rfind('/') + 1);
        if (!uri.starts_with("https://json-schema.org/draft/20")) {
            if (is_required) unknown = uri;
        } else if (name == "applicator") {
            known.has_applicators = true;
            if (is_2019) known.has_unevaluated = true;
        } else if (name == "validation") {
            known.has_validation = true;
        } else if (name == "unevaluated") {
            known.has_unevaluated = true;
        } else if (name == "format-assertion" || (name == "format" && is_required)) {
            known.asserts_formats = true;
        }
    });
    if (unknown.empty()) return known;
    return refuse(fmt::format("the dialect needs the unknown vocabulary \"{}\"", unknown),
                  "Only the vocabularies of the drafts are known.");
}

}  // namespace meshline
