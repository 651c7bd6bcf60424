#include "drivers/duckdb/sql_functions.hpp"

#include "base/money/money.hpp"
#include "drivers/duckdb/attributes_json.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/handles.hpp"
#include "drivers/duckdb/payload_shape.hpp"

#include <fmt/format.h>
#include <initializer_list>

namespace meshline {
namespace {

class Argument {
  public:
    Argument(duckdb_data_chunk chunk, idx_t column)
        : vector_(duckdb_data_chunk_get_vector(chunk, column)),
          data_(duckdb_vector_get_data(vector_)),
          validity_(duckdb_vector_get_validity(vector_)) {}

    bool is_null(idx_t row) const {
        return validity_ != nullptr && (validity_[row / 64] >> (row % 64) & 1) == 0;
    }
    template <class T>
    T value(idx_t row) const {
        return static_cast<const T*>(data_)[row];
    }
    std::string_view text(idx_t row) const {
        return text_of(static_cast<const duckdb_string_t*>(data_)[row]);
    }

  private:
    duckdb_vector vector_;
    const void* data_;
    const std::uint64_t* validity_;
};

class Answer {
  public:
    explicit Answer(duckdb_vector vector)
        : vector_(vector), data_(duckdb_vector_get_data(vector)) {}

    void set_null(idx_t row) {
        duckdb_vector_ensure_validity_writable(vector_);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector_), row);
    }
    template <class T>
    void set(idx_t row, T value) {
        static_cast<T*>(data_)[row] = value;
    }
    void set_text(idx_t row, std::string_view text) {
        duckdb_vector_assign_string_element_len(vector_, row, text.data(), text.size());
    }

  private:
    duckdb_vector vector_;
    void* data_;
};

FunctionContext& context_of(duckdb_function_info info) {
    return *static_cast<FunctionContext*>(duckdb_scalar_function_get_extra_info(info));
}

void fail(duckdb_function_info info, const std::string& message) {
    duckdb_scalar_function_set_error(info, message.c_str());
}

__int128 value_of(std::int64_t value) {
    return value;
}
__int128 value_of(duckdb_hugeint value) {
    return (static_cast<__int128>(value.upper) << 64) | static_cast<__int128>(value.lower);
}

// Micros per minor unit: 10'000 for two digits.
std::int64_t minor_unit_micros(int digits) {
    std::int64_t micros = Decimal::scale;
    for (int digit = 0; digit < digits; ++digit)
        micros /= 10;
    return micros;
}

template <class Number>
void from_minor_units(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    FunctionContext& context = context_of(info);
    const Argument minor(input, 0);
    const Argument code(input, 1);
    Answer answer(output);
    // Rows mostly share their currency.
    std::string known_code;
    std::int64_t unit_micros = 0;
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        if (minor.is_null(row) || code.is_null(row)) {
            answer.set_null(row);
            continue;
        }
        if (unit_micros == 0 || code.text(row) != known_code) {
            const auto currency = context.currencies.find(code.text(row));
            if (!currency.ok()) {
                if (const auto other = Currency::unlisted(code.text(row)))
                    context.unknown_currency = other->code();
                return fail(info, currency.error().message);
            }
            known_code = code.text(row);
            unit_micros = minor_unit_micros(currency->minor_digits(context.minor_digits));
        }
        const __int128 units = value_of(minor.value<Number>(row));
        // Beyond this the product could leave 128 bits; the amount is out of range long before.
        const bool is_huge = units > Decimal::micros_max || units < -Decimal::micros_max;
        const auto amount = Decimal::from_micros(is_huge ? units : units * unit_micros);
        if (!amount.ok()) return fail(info, amount.error().message);
        answer.set(row, hugeint_of(amount->micros()));
    }
}

template <class Number>
void from_micros(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const Argument micros(input, 0);
    Answer answer(output);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        if (micros.is_null(row)) {
            answer.set_null(row);
            continue;
        }
        const auto amount = Decimal::from_micros(value_of(micros.value<Number>(row)));
        if (!amount.ok()) return fail(info, amount.error().message);
        answer.set(row, hugeint_of(amount->micros()));
    }
}

void business_on(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const FunctionContext& context = context_of(info);
    const Argument occurred_at(input, 0);
    Answer answer(output);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        if (occurred_at.is_null(row)) {
            answer.set_null(row);
            continue;
        }
        const Instant instant{occurred_at.value<std::int64_t>(row)};
        const bool is_instant = instant >= instant_min && instant <= instant_max;
        const auto day = is_instant ? context.calendar.existing_business_on(instant) : std::nullopt;
        // Figures in what a function says are shown as their shape.
        if (!day) return fail(info, "occurred_at is on a day beyond the years of four digits");
        answer.set<std::int32_t>(row, day->days);
    }
}

void start_of(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const FunctionContext& context = context_of(info);
    const Argument date(input, 0);
    Answer answer(output);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        if (date.is_null(row)) {
            answer.set_null(row);
            continue;
        }
        const BusinessDate day{date.value<std::int32_t>(row)};
        if (day < date_min || day > date_max) {
            return fail(info, "business_on is beyond the years of four digits");
        }
        answer.set<std::int64_t>(row, context.calendar.start_of(day).micros);
    }
}

/// Converts by the zone that the second argument names, the same on every row of a call that was
/// judged good.
void convert_by_zone(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output,
                     Instant (*convert)(const Zone&, std::int64_t)) {
    const FunctionContext& context = context_of(info);
    const Argument time(input, 0);
    const Argument name(input, 1);
    Answer answer(output);
    const Zone* zone = nullptr;
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        if (time.is_null(row) || name.is_null(row)) {
            answer.set_null(row);
            continue;
        }
        if (zone == nullptr || name.text(row) != zone->name()) {
            const auto found = context.zones.find(std::string(name.text(row)));
            if (found == context.zones.end()) return fail(info, "the zone is not known");
            zone = &found->second;
        }
        const auto micros = time.value<std::int64_t>(row);
        if (Instant{micros} < instant_min || Instant{micros} > instant_max) {
            return fail(info, "the time is beyond the years of four digits");
        }
        answer.set<std::int64_t>(row, convert(*zone, micros).micros);
    }
}

void local_time(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    convert_by_zone(info, input, output, [](const Zone& zone, std::int64_t micros) {
        return Instant{zone.local_micros({micros})};
    });
}

void instant_of(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    convert_by_zone(info, input, output,
                    [](const Zone& zone, std::int64_t micros) { return zone.instant_of(micros); });
}

void event_object_id(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const EventBatch& events = context_of(info).events;
    const Argument position(input, 0);
    Answer answer(output);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        const auto index =
            position.is_null(row) ? std::nullopt : events.find(position.value<std::uint64_t>(row));
        if (index) {
            answer.set_text(row, events[*index].object_id);
        } else {
            answer.set_null(row);
        }
    }
}

void event_occurred_at(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const EventBatch& events = context_of(info).events;
    const Argument position(input, 0);
    Answer answer(output);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        const auto index =
            position.is_null(row) ? std::nullopt : events.find(position.value<std::uint64_t>(row));
        if (index) {
            answer.set<std::int64_t>(row, events[*index].occurred_at.micros);
        } else {
            answer.set_null(row);
        }
    }
}

struct Form {
    std::initializer_list<duckdb_type> arguments;
    duckdb_scalar_function_t function;
};

// A name with one form or several; all of them answer with the same type.
bool register_function(duckdb_connection connection, FunctionContext& context, const char* name,
                       std::initializer_list<Form> forms, TypeHandle answer, bool is_volatile) {
    duckdb_scalar_function_set set = duckdb_create_scalar_function_set(name);
    bool is_good = true;
    for (const Form& form : forms) {
        const ScalarFunctionHandle function(duckdb_create_scalar_function());
        duckdb_scalar_function_set_name(function.get(), name);
        for (const duckdb_type argument : form.arguments) {
            const TypeHandle type(duckdb_create_logical_type(argument));
            duckdb_scalar_function_add_parameter(function.get(), type.get());
        }
        duckdb_scalar_function_set_return_type(function.get(), answer.get());
        duckdb_scalar_function_set_extra_info(function.get(), &context, nullptr);
        duckdb_scalar_function_set_function(function.get(), form.function);
        // What an event has is not to be folded into the plan: the next batch has other events.
        if (is_volatile) duckdb_scalar_function_set_volatile(function.get());
        is_good =
            is_good && duckdb_add_scalar_function_to_set(set, function.get()) == DuckDBSuccess;
    }
    is_good = is_good && duckdb_register_scalar_function_set(connection, set) == DuckDBSuccess;
    duckdb_destroy_scalar_function_set(&set);
    return is_good;
}

TypeHandle type_of(duckdb_type type) {
    return TypeHandle(duckdb_create_logical_type(type));
}
TypeHandle money_type() {
    return TypeHandle(duckdb_create_decimal_type(money_width, Decimal::digits));
}

}  // namespace

bool register_functions(duckdb_connection connection, FunctionContext& context) {
    return register_function(
               connection, context, "from_minor_units",
               {{{DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_VARCHAR}, from_minor_units<std::int64_t>},
                {{DUCKDB_TYPE_HUGEINT, DUCKDB_TYPE_VARCHAR}, from_minor_units<duckdb_hugeint>}},
               money_type(), false) &&
           register_function(connection, context, "from_micros",
                             {{{DUCKDB_TYPE_BIGINT}, from_micros<std::int64_t>},
                              {{DUCKDB_TYPE_HUGEINT}, from_micros<duckdb_hugeint>}},
                             money_type(), false) &&
           register_function(connection, context, "local_time",
                             {{{DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_VARCHAR}, local_time}},
                             type_of(DUCKDB_TYPE_TIMESTAMP), false) &&
           register_function(connection, context, "instant_of",
                             {{{DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_VARCHAR}, instant_of}},
                             type_of(DUCKDB_TYPE_TIMESTAMP), false) &&
           register_function(connection, context, "meshline_business_on",
                             {{{DUCKDB_TYPE_TIMESTAMP}, business_on}}, type_of(DUCKDB_TYPE_DATE),
                             false) &&
           register_function(connection, context, "meshline_start_of",
                             {{{DUCKDB_TYPE_DATE}, start_of}}, type_of(DUCKDB_TYPE_TIMESTAMP),
                             false) &&
           register_function(connection, context, "meshline_event_object_id",
                             {{{DUCKDB_TYPE_UBIGINT}, event_object_id}},
                             type_of(DUCKDB_TYPE_VARCHAR), true) &&
           register_function(connection, context, "meshline_event_occurred_at",
                             {{{DUCKDB_TYPE_UBIGINT}, event_occurred_at}},
                             type_of(DUCKDB_TYPE_TIMESTAMP), true) &&
           register_function(connection, context, "meshline_attributes",
                             {{{DUCKDB_TYPE_ANY}, write_attributes}}, type_of(DUCKDB_TYPE_VARCHAR),
                             false);
}

}  // namespace meshline
