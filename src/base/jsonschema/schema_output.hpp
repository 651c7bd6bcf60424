#pragma once

#include "base/json/json_writer.hpp"
#include "base/jsonschema/json_schema.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace meshline {

/// The output forms of the specification (2020-12, section 12.4): the verdict alone, a flat list of
/// errors, or the errors as a tree along the way through the schema.
enum class OutputForm : std::uint8_t { flag, basic, detailed };

std::optional<OutputForm> output_form_of_name(std::string_view name);

/// Writes "valid" and "errors" as members of the object that is open.
void write_output(JsonWriter& writer, const std::vector<SchemaError>& errors, OutputForm form);

}  // namespace meshline
