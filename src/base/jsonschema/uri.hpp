#pragma once

#include <string>
#include <string_view>

namespace meshline {

/// A URI reference cut at its first '#', or the whole and no fragment.
struct SplitUri {
    std::string_view resource;
    std::string_view fragment;
};
SplitUri split_fragment(std::string_view uri);

/// `reference` resolved against `base` by RFC 3986, section 5.2, without a fragment of the base.
std::string resolve_uri(std::string_view base, std::string_view reference);

/// Percent-encoded bytes decoded; a lone '%' stays.
std::string percent_decoded(std::string_view text);

}  // namespace meshline
