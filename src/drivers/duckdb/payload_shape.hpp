#pragma once

#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"
#include "drivers/duckdb/handles.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The fields of a structure by the names that records give them.
class FieldTable {
  public:
    static constexpr std::uint32_t absent = 0xFFFFFFFF;

    void build(const std::vector<std::string>& names);
    std::uint32_t find(std::string_view name) const {
        if (slots_.empty()) return absent;
        for (std::size_t slot = slot_of(name);; slot = (slot + 1) & (slots_.size() - 1)) {
            const std::uint32_t field = slots_[slot];
            if (field == absent || names_[field] == name) return field;
        }
    }

  private:
    // Length and the outer letters tell the names of one record apart well enough.
    std::size_t slot_of(std::string_view name) const {
        if (name.empty()) return 0;
        const std::size_t middle = static_cast<unsigned char>(name[name.size() / 2]);
        const std::size_t first = static_cast<unsigned char>(name.front());
        const std::size_t last = static_cast<unsigned char>(name.back());
        return (name.size() * 7 + first + middle * 5 + last * 31) & (slots_.size() - 1);
    }

    std::vector<std::string> names_;
    std::vector<std::uint32_t> slots_;
};

/// A payload type made ready for shredding: where each member of a record goes.
struct PayloadShape {
    PayloadKind kind = PayloadKind::text;
    std::int64_t unix_unit_micros = 0;
    std::vector<PayloadShape> fields;
    FieldTable table;  ///< Of a structure's fields.

    /// `options.columns` renames, and `options.constants` takes from the record, fields of the
    /// root.
    static PayloadShape of_root(const PayloadType& type, const ReadOptions& options);
};

/// The DuckDB type of the payload.
TypeHandle logical_type(const PayloadType& type);

/// Every field name of the payload, of all structures, for hints.
std::vector<std::string> field_names(const PayloadType& type);

}  // namespace meshline
