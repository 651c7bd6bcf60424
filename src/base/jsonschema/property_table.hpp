#pragma once

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

/// The length and the outer bytes of a name: all there is of names up to 16 bytes.
struct NameKey {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::uint32_t size = 0;
    friend bool operator==(const NameKey&, const NameKey&) = default;
};

/// The properties of one schema, found by name with one hash and mostly one comparison.
class PropertyTable {
  public:
    /// The property of that name, added where it is new. Call seal() before find().
    Property& add(std::string_view name);
    void seal();

    const Property* find(std::string_view name) const;
    const std::vector<Property>& all() const { return properties_; }
    /// Names must stay as they are.
    std::span<Property> all_to_change() { return properties_; }
    std::size_t required_count() const { return required_count_; }

  private:
    std::vector<Property> properties_;
    std::unordered_map<std::string, std::uint32_t> indexes_;
    std::vector<NameKey> keys_;
    /// Indexes of properties plus one; 0 is free. Small, to stay in the processor's first cache.
    std::vector<std::uint32_t> slots_;
    std::size_t required_count_ = 0;
};

}  // namespace meshline
