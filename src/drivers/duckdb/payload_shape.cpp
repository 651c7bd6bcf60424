#include "drivers/duckdb/payload_shape.hpp"

#include "base/money/decimal.hpp"
#include "base/text/text.hpp"

namespace meshline {
namespace {

/// No member's: it is not UTF-8.
constexpr const char* no_name = "\xFF";

PayloadShape shape_of(const PayloadType& type) {
    PayloadShape shape;
    shape.kind = type.kind;
    shape.unix_unit_micros = type.unix_unit_micros;
    std::vector<std::string> names;
    // Bounded by the depth of the contract.
    for (const PayloadType& field : type.fields) {
        shape.fields.push_back(shape_of(field));
        names.push_back(field.name);
    }
    if (type.kind == PayloadKind::structure) shape.table.build(names);
    return shape;
}

duckdb_type scalar_type(PayloadKind kind) {
    switch (kind) {
        case PayloadKind::boolean:
            return DUCKDB_TYPE_BOOLEAN;
        case PayloadKind::integer:
            return DUCKDB_TYPE_BIGINT;
        case PayloadKind::instant:
            return DUCKDB_TYPE_TIMESTAMP;
        case PayloadKind::date:
            return DUCKDB_TYPE_DATE;
        default:
            return DUCKDB_TYPE_VARCHAR;
    }
}

}  // namespace

PayloadShape PayloadShape::of_root(const PayloadType& type, const ReadOptions& options) {
    PayloadShape shape = shape_of(type);
    shape.name_fields(type, options, nullptr);
    return shape;
}

void PayloadShape::name_fields(const PayloadType& type, const ReadOptions& options,
                               const std::set<std::string>* read) {
    std::vector<std::string> names;
    renamed_fields.clear();
    for (const PayloadType& field : type.fields) {
        const bool is_taken = !options.constants.contains(field.name) &&
                              (read == nullptr || read->contains(to_lower_ascii(field.name)));
        const ColumnNames given = options.names_of(field.name);
        if (is_taken && given.has_several())
            renamed_fields.push_back({static_cast<std::uint32_t>(names.size()), given});
        names.push_back(is_taken && !given.has_several() ? given.first() : no_name);
    }
    table.build(names);
    next_of_name.assign(names.size(), KeyTable::absent);
    for (std::uint32_t field = 0; field < names.size(); ++field) {
        std::uint32_t first = table.find(names[field]);
        if (first == field) continue;
        while (next_of_name[first] != KeyTable::absent)
            first = next_of_name[first];
        next_of_name[first] = field;
    }
}

TypeHandle logical_type(const PayloadType& type) {
    if (type.kind == PayloadKind::money) {
        return TypeHandle(duckdb_create_decimal_type(money_width, Decimal::digits));
    }
    if (type.kind == PayloadKind::list) {
        const TypeHandle element = logical_type(type.fields.front());
        return TypeHandle(duckdb_create_list_type(element.get()));
    }
    if (type.kind != PayloadKind::structure) {
        return TypeHandle(duckdb_create_logical_type(scalar_type(type.kind)));
    }
    std::vector<TypeHandle> fields;
    std::vector<duckdb_logical_type> types;
    std::vector<const char*> names;
    for (const PayloadType& field : type.fields) {
        fields.push_back(logical_type(field));
        types.push_back(fields.back().get());
        names.push_back(field.name.c_str());
    }
    return TypeHandle(duckdb_create_struct_type(types.data(), names.data(), types.size()));
}

std::vector<std::string> field_names(const PayloadType& type) {
    std::vector<std::string> names;
    for (const PayloadType& field : type.fields) {
        if (!field.name.empty()) names.push_back(field.name);
        for (std::string& name : field_names(field))
            names.push_back(std::move(name));
    }
    return names;
}

}  // namespace meshline
