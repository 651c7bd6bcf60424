#pragma once

#include "base/hash/digest.hpp"
#include "base/json/json.hpp"
#include "base/result/result.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// One way in which a payload breaks its contract.
struct Violation {
    std::string instance_path;  ///< JSON Pointer (RFC 6901) into the payload; "" is the whole.
    std::string keyword;        ///< "required", "type", "x-meshline", ...
    std::string message;        ///< "expected string, found array", values in double quotes.
};

/// The JSON Schema of a stream, compiled. Keywords: type, properties, required,
/// additionalProperties, items, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum,
/// multipleOf, minLength, maxLength, minItems, maxItems, pattern (RE2), anyOf, oneOf, allOf, not,
/// $ref to "#/$defs/...", $defs, title, description, $schema, $id, $comment, examples, default,
/// and the annotation "x-meshline", which both types the field and is asserted:
///   "money"         number or decimal text of at most six digits after the point, |v| < 10^12
///   "integer"       integral number or text within 64 bits
///   "boolean"       true or false, or their text
///   "instant"       date-time text that parse_instant() reads with the options
///   "unix_seconds"  integral seconds since 1970
///   "unix_millis"   integral milliseconds since 1970
///   "date"          a calendar date
///   "currency"      an ISO 4217 code, either case
/// null passes every annotation where `type` allows null; empty text counts as null for annotated
/// fields. A keyword that is not listed is refused (contract.unknown_keyword), never ignored.
class Contract {
  public:
    /// Errors contract.* with `file`, line and column.
    static Result<Contract> compile(std::string_view schema, const std::string& file);
    ~Contract();
    Contract(Contract&&) noexcept;
    Contract& operator=(Contract&&) noexcept;

    /// SHA-256 of the schema's canonical JSON.
    const Digest& digest() const;
    const PayloadType& payload_type() const;
    /// Fields of the root object, for hints and column mappings.
    std::vector<std::string> field_names() const;

    /// The first `violations_max` violations, in document order; empty when the payload keeps the
    /// contract. Safe from several threads.
    std::vector<Violation> judge(JsonValue payload, const ReadOptions& options) const;
    static constexpr std::size_t violations_max = 20;

    struct Implementation;

  private:
    explicit Contract(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace meshline
