#pragma once

#include "base/json/json_value.hpp"
#include "base/jsonschema/dialect.hpp"
#include "base/result/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// The text of the draft's metaschema that has this URI; `schema/jsonschema` holds them.
std::optional<std::string_view> find_metaschema(std::string_view uri);

/// What a "$vocabulary" of a metaschema of `known.dialect` turns on. A vocabulary that it requires
/// and that is not known is refused by `refuse(message, hint)`.
Result<Vocabularies> read_vocabularies(
    JsonValue listed, Vocabularies known,
    const std::function<Error(std::string, std::string)>& refuse);

}  // namespace meshline
