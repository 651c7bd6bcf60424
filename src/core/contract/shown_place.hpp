#pragma once

#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// A member's name for messages. Keys of a map are data (an e-mail address, a phone number), names
/// of fields are not, and nothing tells them apart but how they look: a name of letters, digits,
/// "_" and "-" that begins with a letter and holds no long number is shown, at the top with spaces
/// and the marks that columns are named with; all others as their shape.
std::string shown_name(std::string_view name, bool is_top);

/// A JSON Pointer into a payload for messages: what the contract or the source's file names stands
/// as it is, as do places in lists, and other names as shown_name() has them.
std::string shown_place(std::string_view pointer, const PayloadType& type,
                        const ReadOptions& options);

}  // namespace meshline
