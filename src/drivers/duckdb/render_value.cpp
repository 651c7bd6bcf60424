#include "drivers/duckdb/render_value.hpp"

#include "base/time/civil.hpp"
#include "drivers/duckdb/engine.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <limits>

namespace meshline {
namespace {

template <class T>
T value_at(const void* data, idx_t row) {
    return static_cast<const T*>(data)[row];
}

__int128 wide_value(duckdb_hugeint value) {
    return (static_cast<__int128>(value.upper) << 64) | static_cast<__int128>(value.lower);
}

std::string digits_of(unsigned __int128 number) {
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
        number /= 10;
    } while (number != 0);
    return digits;
}

std::string wide_text(__int128 number, int scale) {
    const bool is_negative = number < 0;
    // Negation in the unsigned type, where the smallest number has its opposite.
    auto magnitude = static_cast<unsigned __int128>(number);
    if (is_negative) magnitude = ~magnitude + 1;
    std::string text = digits_of(magnitude);
    const auto after_point = static_cast<std::size_t>(scale);
    if (scale > 0) {
        if (text.size() <= after_point) text.insert(0, after_point + 1 - text.size(), '0');
        text.insert(text.size() - after_point, 1, '.');
    }
    if (is_negative) text.insert(text.begin(), '-');
    return text;
}

__int128 stored_integer(const void* data, idx_t row, duckdb_type stored_as) {
    switch (stored_as) {
        case DUCKDB_TYPE_TINYINT:
            return value_at<std::int8_t>(data, row);
        case DUCKDB_TYPE_SMALLINT:
            return value_at<std::int16_t>(data, row);
        case DUCKDB_TYPE_INTEGER:
            return value_at<std::int32_t>(data, row);
        case DUCKDB_TYPE_BIGINT:
            return value_at<std::int64_t>(data, row);
        case DUCKDB_TYPE_UTINYINT:
            return value_at<std::uint8_t>(data, row);
        case DUCKDB_TYPE_USMALLINT:
            return value_at<std::uint16_t>(data, row);
        case DUCKDB_TYPE_UINTEGER:
            return value_at<std::uint32_t>(data, row);
        case DUCKDB_TYPE_UBIGINT:
            return value_at<std::uint64_t>(data, row);
        default:
            return wide_value(value_at<duckdb_hugeint>(data, row));
    }
}

std::string date_text(std::int64_t days) {
    // DuckDB's two infinities stand at the ends of the range.
    if (days == std::numeric_limits<std::int32_t>::max()) return "infinity";
    if (days == -std::numeric_limits<std::int32_t>::max()) return "-infinity";
    const CivilDate date = civil_date_of(days);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string timestamp_text(std::int64_t micros) {
    if (micros == std::numeric_limits<std::int64_t>::max()) return "infinity";
    if (micros == -std::numeric_limits<std::int64_t>::max()) return "-infinity";
    const std::int64_t seconds = floor_divide(micros, micros_per_second);
    const std::int64_t fraction = micros - seconds * micros_per_second;
    const std::int64_t days = floor_divide(seconds, seconds_per_day);
    const std::int64_t second = seconds - days * seconds_per_day;
    std::string text = fmt::format("{} {:02}:{:02}:{:02}", date_text(days), second / 3600,
                                   second / 60 % 60, second % 60);
    if (fraction != 0) text += fmt::format(".{:06}", fraction);
    return text;
}

std::string value_text(const void* data, idx_t row, duckdb_type type, duckdb_type stored_as,
                       int scale) {
    switch (type) {
        case DUCKDB_TYPE_BOOLEAN:
            return value_at<bool>(data, row) ? "true" : "false";
        case DUCKDB_TYPE_VARCHAR:
            return std::string(text_of(static_cast<const duckdb_string_t*>(data)[row]));
        case DUCKDB_TYPE_DATE:
            return date_text(value_at<std::int32_t>(data, row));
        case DUCKDB_TYPE_TIMESTAMP:
            return timestamp_text(value_at<std::int64_t>(data, row));
        case DUCKDB_TYPE_UHUGEINT: {
            const auto number = value_at<duckdb_uhugeint>(data, row);
            return digits_of((static_cast<unsigned __int128>(number.upper) << 64) | number.lower);
        }
        default:
            return wide_text(stored_integer(data, row, stored_as), scale);
    }
}

}  // namespace

Result<ColumnText> ColumnText::of(const std::string& column, const TypeHandle& type) {
    ColumnText text;
    text.type_ = duckdb_get_type_id(type.get());
    text.stored_as_ = text.type_;
    switch (text.type_) {
        case DUCKDB_TYPE_DECIMAL:
            text.stored_as_ = duckdb_decimal_internal_type(type.get());
            text.scale_ = duckdb_decimal_scale(type.get());
            return text;
        case DUCKDB_TYPE_BOOLEAN:
        case DUCKDB_TYPE_TINYINT:
        case DUCKDB_TYPE_SMALLINT:
        case DUCKDB_TYPE_INTEGER:
        case DUCKDB_TYPE_BIGINT:
        case DUCKDB_TYPE_UTINYINT:
        case DUCKDB_TYPE_USMALLINT:
        case DUCKDB_TYPE_UINTEGER:
        case DUCKDB_TYPE_UBIGINT:
        case DUCKDB_TYPE_HUGEINT:
        case DUCKDB_TYPE_UHUGEINT:
        case DUCKDB_TYPE_VARCHAR:
        case DUCKDB_TYPE_DATE:
        case DUCKDB_TYPE_TIMESTAMP:
        case DUCKDB_TYPE_SQLNULL:
            return text;
        default:
            return Error{
                .kind = ErrorKind::invalid,
                .code = "warehouse.unsupported_type",
                .message = fmt::format("column \"{}\" has a type without one exact text", column),
                .hint = "Cast it to a decimal, an integer, a date, a timestamp or text."};
    }
}

void ColumnText::append(duckdb_vector vector, idx_t row_count,
                        std::vector<std::vector<std::optional<std::string>>>& rows,
                        std::size_t first_row) const {
    const void* data = duckdb_vector_get_data(vector);
    const std::uint64_t* validity = duckdb_vector_get_validity(vector);
    for (idx_t row = 0; row < row_count; ++row) {
        const bool is_null = type_ == DUCKDB_TYPE_SQLNULL ||
                             (validity != nullptr && (validity[row / 64] >> (row % 64) & 1) == 0);
        auto& into = rows[first_row + row];
        if (is_null) {
            into.emplace_back();
        } else {
            into.emplace_back(value_text(data, row, type_, stored_as_, scale_));
        }
    }
}

}  // namespace meshline
