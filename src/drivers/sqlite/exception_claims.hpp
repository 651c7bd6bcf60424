#pragma once

#include "base/result/result.hpp"
#include "core/model/claim.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// Claims as they are stored with an exception: JSON, the claimant and a row for each claim.
std::string encode_claims(const Claims& claims);
/// An error, without a code, where the text is none that encode_claims() makes.
Result<Claims> decode_claims(std::string_view json);

}  // namespace meshline
