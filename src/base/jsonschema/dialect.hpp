#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshline {

/// The drafts of JSON Schema, in the order of their age.
enum class Dialect : std::uint8_t { draft_4, draft_6, draft_7, draft_2019_09, draft_2020_12 };

/// The dialect whose metaschema has this URI, with or without an empty fragment.
std::optional<Dialect> dialect_of_uri(std::string_view uri);
/// By its name on a command line: "2020-12", "2019-09", "7", "6", "4".
std::optional<Dialect> dialect_of_name(std::string_view name);
std::string_view metaschema_uri(Dialect dialect);

/// What a schema resource is read by. Which vocabularies apply comes from its metaschema
/// (2020-12, section 8.1.2); the drafts before 2019-09 know none and have all.
struct Vocabularies {
    Dialect dialect = Dialect::draft_2020_12;
    bool has_applicators = true;
    bool has_validation = true;
    bool has_unevaluated = true;
    bool asserts_formats = false;
};

}  // namespace meshline
