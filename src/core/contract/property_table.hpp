#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

using SchemaId = std::uint32_t;
constexpr SchemaId no_schema = 0xFFFFFFFF;

/// A name that a schema says something about: in "properties", in "required", or both.
struct Property {
    std::string name;
    SchemaId schema = no_schema;  ///< `no_schema` where only "required" names it.
    bool is_required = false;
};

/// The properties of one schema, found by name with one hash and mostly one comparison.
class PropertyTable {
  public:
    /// The property of that name, added where it is new. Call seal() before find().
    Property& add(std::string_view name);
    void seal();

    const Property* find(std::string_view name) const;
    const std::vector<Property>& all() const { return properties_; }
    std::size_t required_count() const { return required_count_; }

  private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t property = 0;  ///< Index plus one; 0 is free.
    };

    std::vector<Property> properties_;
    std::vector<Slot> slots_;
    std::size_t required_count_ = 0;
};

}  // namespace meshline
