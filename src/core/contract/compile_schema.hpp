#pragma once

#include "base/result/result.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/schema.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace meshline {

/// Reads a schema's keywords. Errors contract.* with file, line and column. The result is held by a
/// pointer because schemas refer into its text and document.
Result<std::unique_ptr<CompiledSchema>> compile_schema(std::string_view text,
                                                       const std::string& file);

/// Refuses a schema that refers to itself without going down into the payload
/// (contract.endless_reference), or through more than 32 schemas (contract.too_deep): judging would
/// not end, or would take too much of the call stack.
Result<void> check_references(const CompiledSchema& compiled);

/// The type that the root gives a payload. A schema types a field by, in this order: its
/// annotation, "properties", "$ref", "type" (with "items" for lists). Anything else is text, as is
/// what refers to itself. Errors contract.ambiguous_field (names that differ in case only),
/// contract.bad_field_name, contract.too_large (more than 4096 fields or 64 levels).
Result<PayloadType> derive_payload_type(const CompiledSchema& compiled);

/// Makes judging cheap: notes what each schema has to check, and has members and items judged by
/// what their "$ref" leads to. Comes last, for it takes away where a reference was written.
void prepare_judging(CompiledSchema& compiled);

/// An Error at a byte of the schema.
Error schema_error(const CompiledSchema& compiled, std::size_t offset, std::string code,
                   std::string message, std::string hint = "");

}  // namespace meshline
