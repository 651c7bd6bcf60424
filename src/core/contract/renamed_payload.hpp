#pragma once

#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/result/result.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// A payload as its contract names it: the members that its source maps have the names of fields,
/// and the source's constants stand beside them. A member that has the name of a mapped field
/// without being mapped to it is left out, as is one that a constant hides, and a field whose names
/// contradict each other.
class RenamedPayload {
  public:
    /// Both must outlive it.
    RenamedPayload(const PayloadType& type, const ReadOptions& options)
        : type_(type), options_(options) {}

    static bool is_needed(const ReadOptions& options) {
        return !options.columns.empty() || !options.constants.empty();
    }

    /// Reads `payload`, an object, into `document`, by way of `buffer`: both are used again without
    /// allocating. An error where it is too long for a document.
    Result<JsonValue> read(JsonValue payload, std::string& buffer, JsonDocument& document) const;

    /// A JSON Pointer into the renamed payload as one into the payload itself.
    std::string location_in_payload(JsonValue payload, std::string_view pointer) const;

    /// The fields that the payload has under several names with values that differ: a guess which
    /// of them holds would be no figure. The keyword is "columns", no schema's.
    std::vector<SchemaError> contradictions(JsonValue payload) const;

  private:
    bool keeps_its_name(std::string_view member) const;

    const PayloadType& type_;
    const ReadOptions& options_;
};

}  // namespace meshline
