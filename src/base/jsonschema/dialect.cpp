#include "base/jsonschema/dialect.hpp"

#include <array>

namespace meshline {
namespace {

struct DialectName {
    Dialect dialect;
    std::string_view name;
    std::string_view uri;
};

constexpr std::array dialects = {
    DialectName{Dialect::draft_4, "4", "http://json-schema.org/draft-04/schema"},
    DialectName{Dialect::draft_6, "6", "http://json-schema.org/draft-06/schema"},
    DialectName{Dialect::draft_7, "7", "http://json-schema.org/draft-07/schema"},
    DialectName{Dialect::draft_2019_09, "2019-09", "https://json-schema.org/draft/2019-09/schema"},
    DialectName{Dialect::draft_2020_12, "2020-12", "https://json-schema.org/draft/2020-12/schema"},
};

}  // namespace

std::optional<Dialect> dialect_of_uri(std::string_view uri) {
    if (uri.ends_with('#')) uri.remove_suffix(1);
    for (const DialectName& known : dialects) {
        if (known.uri == uri) return known.dialect;
    }
    return std::nullopt;
}

std::optional<Dialect> dialect_of_name(std::string_view name) {
    for (const DialectName& known : dialects) {
        if (known.name == name) return known.dialect;
    }
    return std::nullopt;
}

std::string_view metaschema_uri(Dialect dialect) {
    return dialects[static_cast<std::size_t>(dialect)].uri;
}

}  // namespace meshline
