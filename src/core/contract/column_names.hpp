#pragma once

#include "base/json/json_value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The names that a source's records have had for one field of the contract: mostly one, several
/// where the source renamed it, and at least one. A record has the field under whichever it has.
///
/// Where it has several of them, those that are null or empty text say nothing, and the others must
/// agree: records whose values differ have no value for the field, and break their contract.
class ColumnNames {
  public:
    // Implicit, as they stand in a map of fields.
    ColumnNames(const char* name) : names_{name} {}
    ColumnNames(std::string name) : names_{std::move(name)} {}
    /// Not empty.
    ColumnNames(std::vector<std::string> names);

    const std::string& first() const { return names_.front(); }
    bool has_several() const { return names_.size() > 1; }
    bool contains(std::string_view name) const;
    auto begin() const { return names_.begin(); }
    auto end() const { return names_.end(); }
    bool operator==(const ColumnNames&) const = default;

    /// What a record has under the names.
    struct Found {
        /// Nothing where it has none of them, or values that differ.
        std::optional<JsonValue> value;
        /// The one that the value stands under; null where the record has none of them.
        const std::string* name = nullptr;
        /// One whose value differs from it.
        const std::string* other = nullptr;

        /// How those two contradict each other, for messages.
        std::string contradiction() const;
    };
    /// Of a record that is no object it finds nothing. Valid as long as the names and the record.
    Found find(JsonValue record) const;

    /// For messages: "Sale" with its quotes, "Sale" or "Order".
    std::string text() const;

  private:
    std::vector<std::string> names_;
};

/// Whether a value says something: it is neither null nor empty text.
bool is_filled(JsonValue value);

}  // namespace meshline
