#pragma once

#include "base/json/key_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meshline {

using SchemaId = std::uint32_t;
constexpr SchemaId no_schema = 0xFFFFFFFF;

/// A name that a schema says something about: in "properties", in "required", or both.
struct Property {
    std::string name;
    SchemaId schema = no_schema;  ///< `no_schema` where only "required" names it.
    bool is_required = false;
    std::uint8_t types_enough = 0;  ///< Schema::types_enough of its schema.
};

/// The properties of one schema.
class PropertyTable {
  public:
    /// The property of that name, added where it is new. Call seal() before find().
    Property& add(std::string_view name);
    void seal();

    const Property* find(std::string_view name) const { return at(table_.find(name)); }
    const Property* find(JsonValue member) const { return at(table_.find(member)); }
    const std::vector<Property>& all() const { return properties_; }
    /// Names must stay as they are.
    std::span<Property> all_to_change() { return properties_; }
    std::size_t required_count() const { return required_count_; }

  private:
    const Property* at(std::uint32_t index) const {
        return index == KeyTable::absent ? nullptr : &properties_[index];
    }

    std::vector<Property> properties_;
    std::unordered_map<std::string, std::uint32_t> indexes_;
    KeyTable table_;
    std::size_t required_count_ = 0;
};

}  // namespace meshline
