#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The type a payload field has in a transform. Everything is nullable.
enum class PayloadKind : std::uint8_t {
    text,       ///< VARCHAR; numbers and booleans by their token, containers by their JSON text.
    boolean,    ///< BOOLEAN; also from the texts true/false in any case.
    integer,    ///< BIGINT; also from integral text.
    money,      ///< DECIMAL(18,6), exact from the token; at most six digits after the point.
    instant,    ///< TIMESTAMP in UTC.
    date,       ///< DATE.
    structure,  ///< STRUCT of `fields`.
    list,       ///< LIST of fields[0].
};

struct PayloadType {
    std::string name;  ///< Member name; empty for the root and for list elements.
    PayloadKind kind = PayloadKind::text;
    /// For instants written as a count since 1970: microseconds per unit. 0 for date-time text.
    std::int64_t unix_unit_micros = 0;
    /// Of a structure: nothing is said of members that `fields` does not name.
    bool is_open = false;
    /// Who the contract says answers for the field; empty where nothing is said of it.
    std::string owner;
    std::vector<PayloadType> fields;

    const PayloadType* find(std::string_view field) const;
};

/// DuckDB spelling: STRUCT("id" VARCHAR, "lines" STRUCT(...)[]).
std::string sql_type(const PayloadType& type);

}  // namespace meshline
