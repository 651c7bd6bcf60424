#pragma once

#include "base/jsonschema/schema_program.hpp"
#include "base/result/result.hpp"
#include "core/contract/payload_type.hpp"

namespace meshline {

/// The type that a contract gives a payload. A value is typed by all schemas that it must keep: the
/// one that stands there, what its "$ref" leads to, its "allOf", and the one alternative that is
/// not null of its "anyOf" or "oneOf". The first that says so decides, in this order: an
/// annotation, "properties", "items", "type". Anything else is text, as is what refers to itself.
/// Errors contract.ambiguous_field (names that differ in case only), contract.bad_field_name,
/// contract.too_large (more than 4096 fields or 64 levels).
Result<PayloadType> derive_payload_type(const SchemaProgram& program);

}  // namespace meshline
