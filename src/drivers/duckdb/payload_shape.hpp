#pragma once

#include "base/json/key_table.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"
#include "drivers/duckdb/handles.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// A payload type made ready for shredding: where each member of a record goes.
struct PayloadShape {
    PayloadKind kind = PayloadKind::text;
    std::int64_t unix_unit_micros = 0;
    std::vector<PayloadShape> fields;
    KeyTable table;  ///< Of a structure's fields, by the names that records give them.

    /// Of the root: the next field that is read from the same member. Empty elsewhere.
    std::vector<std::uint32_t> next_of_name;

    /// A field of the root that records have under one of several names, none of them in `table`.
    struct RenamedField {
        std::uint32_t field = 0;
        ColumnNames names;
    };
    std::vector<RenamedField> renamed_fields;

    std::uint32_t field_after(std::uint32_t field) const {
        return next_of_name.empty() ? KeyTable::absent : next_of_name[field];
    }

    /// `options.columns` renames, and `options.constants` takes from the record, fields of the
    /// root.
    static PayloadShape of_root(const PayloadType& type, const ReadOptions& options);
    /// Names the root's fields anew; those that are not in `read` (lower case), where it is given,
    /// are taken from no member.
    void name_fields(const PayloadType& type, const ReadOptions& options,
                     const std::set<std::string>* read);
};

/// Money in a transform: as many digits as an amount has, and one more. DuckDB keeps what it
/// computes of two DECIMAL(18, 6) in 18 digits, so that their product overflows at 1,000,000; of
/// two DECIMAL(19, 6) it is a DECIMAL(38, 12), which holds that of any two amounts.
inline constexpr int money_width = 19;

/// The DuckDB type of the payload.
TypeHandle logical_type(const PayloadType& type);

/// Every field name of the payload, of all structures, for hints.
std::vector<std::string> field_names(const PayloadType& type);

}  // namespace meshline
