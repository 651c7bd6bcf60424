#include "base/jsonschema/property_table.hpp"

#include <algorithm>

namespace meshline {

Property& PropertyTable::add(std::string_view name) {
    const auto [known, is_new] =
        indexes_.emplace(std::string(name), static_cast<std::uint32_t>(properties_.size()));
    if (!is_new) return properties_[known->second];
    return properties_.emplace_back(Property{.name = std::string(name)});
}

void PropertyTable::seal() {
    required_count_ = static_cast<std::size_t>(
        std::ranges::count_if(properties_, [](const Property& one) { return one.is_required; }));
    std::vector<std::string> names;
    for (const Property& property : properties_)
        names.push_back(property.name);
    table_.build(names);
}

}  // namespace meshline
