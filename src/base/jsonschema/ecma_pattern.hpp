#pragma once

#include "base/result/result.hpp"

#include <memory>
#include <re2/re2.h>
#include <string_view>

namespace meshline {

/// A regular expression of ECMA-262 (with its "u" flag, as JSON Schema has it), compiled by RE2 so
/// that no text makes matching slow. Errors: pattern.unsupported for what RE2 cannot do
/// (look-around, back-references), pattern.invalid for what is no regular expression.
Result<std::unique_ptr<RE2>> compile_ecma_pattern(std::string_view pattern);

}  // namespace meshline
