#include "drivers/duckdb/decimal_functions.hpp"

#include "base/money/rounding.hpp"
#include "base/money/wide_decimal.hpp"
#include "base/text/text.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/handles.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace meshline {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 4> names = {"half_even", "half_away_from_zero",
                                                   "toward_zero", "floor"};

using Unsigned = unsigned __int128;

// DECIMAL(32,6): as many digits before the point as the product of two amounts has, so that both
// fit under one coalesce or union without losing any.
constexpr int answer_width = 32;
constexpr __int128 answer_max =
    static_cast<__int128>(10'000'000'000'000'000) * 10'000'000'000'000'000 - 1;

// value / 10^scale.
struct Number {
    __int128 value = 0;
    int scale = 0;
};

// A column of numbers of any exact type, or of texts.
class Numbers {
  public:
    Numbers(duckdb_data_chunk chunk, idx_t column)
        : vector_(duckdb_data_chunk_get_vector(chunk, column)),
          data_(duckdb_vector_get_data(vector_)),
          validity_(duckdb_vector_get_validity(vector_)) {
        const TypeHandle type(duckdb_vector_get_column_type(vector_));
        type_ = duckdb_get_type_id(type.get());
        if (type_ == DUCKDB_TYPE_DECIMAL) {
            scale_ = duckdb_decimal_scale(type.get());
            type_ = duckdb_decimal_internal_type(type.get());
        }
    }

    bool is_null(idx_t row) const {
        return type_ == DUCKDB_TYPE_SQLNULL ||
               (validity_ != nullptr && (validity_[row / 64] >> (row % 64) & 1) == 0);
    }
    bool is_text() const { return type_ == DUCKDB_TYPE_VARCHAR; }
    std::string_view text(idx_t row) const {
        return text_of(static_cast<const duckdb_string_t*>(data_)[row]);
    }
    // Nothing for types that are no exact numbers.
    std::optional<Number> number(idx_t row) const {
        switch (type_) {
            case DUCKDB_TYPE_TINYINT:
                return Number{at<std::int8_t>(row), scale_};
            case DUCKDB_TYPE_SMALLINT:
                return Number{at<std::int16_t>(row), scale_};
            case DUCKDB_TYPE_INTEGER:
                return Number{at<std::int32_t>(row), scale_};
            case DUCKDB_TYPE_BIGINT:
                return Number{at<std::int64_t>(row), scale_};
            case DUCKDB_TYPE_UTINYINT:
                return Number{at<std::uint8_t>(row), scale_};
            case DUCKDB_TYPE_USMALLINT:
                return Number{at<std::uint16_t>(row), scale_};
            case DUCKDB_TYPE_UINTEGER:
                return Number{at<std::uint32_t>(row), scale_};
            case DUCKDB_TYPE_UBIGINT:
                return Number{at<std::uint64_t>(row), scale_};
            case DUCKDB_TYPE_HUGEINT: {
                const auto huge = at<duckdb_hugeint>(row);
                const Unsigned bits = static_cast<Unsigned>(static_cast<std::uint64_t>(huge.upper))
                                          << 64 |
                                      huge.lower;
                return Number{static_cast<__int128>(bits), scale_};
            }
            default:
                return std::nullopt;
        }
    }

  private:
    template <class T>
    T at(idx_t row) const {
        return static_cast<const T*>(data_)[row];
    }

    duckdb_vector vector_;
    const void* data_;
    const std::uint64_t* validity_;
    duckdb_type type_ = DUCKDB_TYPE_INVALID;
    int scale_ = 0;
};

Error no_number(std::string_view function) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.not_a_number",
                 .message = std::string(function) + " takes exact numbers"};
}

Error too_large() {
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.overflow",
                 .message = "the number has more digits than can be kept"};
}

Result<__int128> times_power(__int128 value, int power) {
    for (; power > 0; --power) {
        if (__builtin_mul_overflow(value, 10, &value)) return too_large();
    }
    return value;
}

// To `digits` after the point, in millionths.
Result<WideDecimal> rounded(const Number& number, int digits, Rounding rounding) {
    __int128 units = number.value;
    int scale = number.scale;
    if (scale > digits) {
        // 10^38 fits 128 bits, and no decimal has a larger scale.
        MESHLINE_ASSIGN(const __int128 below, times_power(1, scale - digits));
        MESHLINE_ASSIGN(units, divide(units, below, rounding));
        scale = digits;
    }
    MESHLINE_ASSIGN(const __int128 micros, times_power(units, WideDecimal::digits - scale));
    return WideDecimal::from_micros(micros);
}

// The quotient with `digits` more digits than the numbers' own, digit by digit: nothing in between
// is larger than ten times the divisor.
Result<__int128> long_division(__int128 above, __int128 below, int digits, Rounding rounding) {
    const bool is_negative = (above < 0) != (below < 0);
    const auto divisor = static_cast<Unsigned>(below < 0 ? -below : below);
    auto rest = static_cast<Unsigned>(above < 0 ? -above : above);
    Unsigned quotient = rest / divisor;
    rest %= divisor;
    for (int digit = 0; digit < digits; ++digit) {
        if (__builtin_mul_overflow(rest, Unsigned{10}, &rest)) return too_large();
        if (__builtin_mul_overflow(quotient, Unsigned{10}, &quotient)) return too_large();
        quotient += rest / divisor;
        rest %= divisor;
    }
    const Unsigned twice = rest * 2;
    const CutOff cut_off = rest == 0          ? CutOff::nothing
                           : twice < divisor  ? CutOff::below_half
                           : twice == divisor ? CutOff::half
                                              : CutOff::above_half;
    MESHLINE_ASSIGN(const bool is_up,
                    rounds_up(cut_off, is_negative, (quotient & 1) != 0, rounding));
    if (quotient >= static_cast<Unsigned>(WideDecimal::micros_max)) return too_large();
    const auto size = static_cast<__int128>(quotient + (is_up ? 1 : 0));
    return is_negative ? -size : size;
}

Result<WideDecimal> quotient(const Number& above, const Number& below, Rounding rounding) {
    if (below.value == 0) {
        return Error{
            .kind = ErrorKind::invalid, .code = "transform.failed", .message = "divide by zero"};
    }
    const int digits = WideDecimal::digits + below.scale - above.scale;
    MESHLINE_ASSIGN(const __int128 divisor, times_power(below.value, -digits));
    MESHLINE_ASSIGN(const __int128 micros,
                    long_division(above.value, divisor, std::max(digits, 0), rounding));
    return WideDecimal::from_micros(micros);
}

// The rounding that a statement names is a constant of ours.
Rounding rounding_at(const Numbers& numbers, idx_t row) {
    return static_cast<Rounding>(numbers.number(row)->value);
}

Result<WideDecimal> round_row(const Numbers& value, const Numbers& digits, const Numbers& rounding,
                              idx_t row) {
    const auto kept = static_cast<int>(digits.number(row)->value);
    if (kept < 0 || kept > WideDecimal::digits) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "money.overflow",
                     .message = "round_to keeps 0 to 6 digits after the point"};
    }
    if (value.is_text()) {
        return WideDecimal::parse_rounded(trim(value.text(row)), kept, rounding_at(rounding, row));
    }
    const auto number = value.number(row);
    if (!number) return no_number("round_to");
    return rounded(*number, kept, rounding_at(rounding, row));
}

// Every row's value, or the first error as that of the statement.
template <class Compute>
void fill(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output,
          Compute compute) {
    std::array<Numbers, 3> arguments = {Numbers(input, 0), Numbers(input, 1), Numbers(input, 2)};
    duckdb_vector_ensure_validity_writable(output);
    std::uint64_t* validity = duckdb_vector_get_validity(output);
    auto* data = static_cast<duckdb_hugeint*>(duckdb_vector_get_data(output));
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        const bool is_null = std::ranges::any_of(
            arguments, [&](const Numbers& argument) { return argument.is_null(row); });
        if (is_null) {
            duckdb_validity_set_row_invalid(validity, row);
            continue;
        }
        const Result<WideDecimal> made = compute(arguments, row);
        const bool is_kept = made.ok() && made->magnitude().micros() <= answer_max;
        if (!is_kept) {
            const Error reason = made.ok() ? too_large() : made.error();
            duckdb_scalar_function_set_error(info, reason.message.c_str());
            return;
        }
        data[row] = hugeint_of(made->micros());
    }
}

void round_to(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    fill(info, input, output, [](const std::array<Numbers, 3>& arguments, idx_t row) {
        return round_row(arguments[0], arguments[1], arguments[2], row);
    });
}

void divide_rows(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    fill(info, input, output,
         [](const std::array<Numbers, 3>& arguments, idx_t row) -> Result<WideDecimal> {
             const auto above = arguments[0].number(row);
             const auto below = arguments[1].number(row);
             if (!above || !below) return no_number("divide");
             return quotient(*above, *below, rounding_at(arguments[2], row));
         });
}

bool register_one(duckdb_connection connection, const char* name,
                  std::initializer_list<duckdb_type> parameters,
                  duckdb_scalar_function_t function) {
    const ScalarFunctionHandle made(duckdb_create_scalar_function());
    duckdb_scalar_function_set_name(made.get(), name);
    for (const duckdb_type parameter : parameters) {
        const TypeHandle type(duckdb_create_logical_type(parameter));
        duckdb_scalar_function_add_parameter(made.get(), type.get());
    }
    const TypeHandle answer(duckdb_create_decimal_type(answer_width, WideDecimal::digits));
    duckdb_scalar_function_set_return_type(made.get(), answer.get());
    duckdb_scalar_function_set_function(made.get(), function);
    return duckdb_register_scalar_function(connection, made.get()) == DuckDBSuccess;
}

}  // namespace

bool register_decimal_functions(duckdb_connection connection) {
    return register_one(connection, "round_to",
                        {DUCKDB_TYPE_ANY, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER}, round_to) &&
           register_one(connection, "divide",
                        {DUCKDB_TYPE_ANY, DUCKDB_TYPE_ANY, DUCKDB_TYPE_INTEGER}, divide_rows);
}

bool takes_rounding(std::string_view function) {
    const std::string name = to_lower_ascii(function);
    return name == "round_to" || name == "divide";
}

std::optional<Rounding> rounding_of(std::string_view name) {
    const auto found = std::ranges::find(names, to_lower_ascii(name));
    if (found == names.end()) return std::nullopt;
    return static_cast<Rounding>(found - names.begin());
}

std::vector<std::string> rounding_names() {
    return {names.begin(), names.end()};
}

}  // namespace meshline
