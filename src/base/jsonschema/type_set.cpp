#include "base/jsonschema/type_set.hpp"

#include <algorithm>

namespace meshline {
namespace {

/// In the order of the bits of TypeSet.
constexpr std::array<std::string_view, 7> names = {"null",   "boolean", "integer", "number",
                                                   "string", "array",   "object"};

}  // namespace

std::optional<TypeSet> type_of_name(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<TypeSet>(1 << (found - names.begin()));
}

std::vector<std::string> names_of_types(std::uint8_t types) {
    std::vector<std::string> wanted;
    for (std::size_t index = names.size(); index-- > 0;) {
        if ((types & (1 << index)) != 0) wanted.emplace_back(names[index]);
    }
    return wanted;
}

}  // namespace meshline
