#include "drivers/duckdb/payload_shape.hpp"

#include "base/money/decimal.hpp"

namespace meshline {
namespace {

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

void FieldTable::build(const std::vector<std::string>& names) {
    names_ = names;
    std::size_t size = 8;
    while (size < names.size() * 4)
        size *= 2;
    slots_.assign(size, absent);
    for (std::uint32_t field = 0; field < names_.size(); ++field) {
        // An empty name is that of a field which no record has.
        if (names_[field].empty()) continue;
        std::size_t slot = slot_of(names_[field]);
        while (slots_[slot] != absent)
            slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = field;
    }
}

PayloadShape PayloadShape::of_root(const PayloadType& type, const ReadOptions& options) {
    PayloadShape shape = shape_of(type);
    std::vector<std::string> names;
    for (const PayloadType& field : type.fields) {
        const auto renamed = options.columns.find(field.name);
        names.push_back(options.constants.contains(field.name) ? ""
                        : renamed != options.columns.end()     ? renamed->second
                                                               : field.name);
    }
    shape.table.build(names);
    return shape;
}

TypeHandle logical_type(const PayloadType& type) {
    if (type.kind == PayloadKind::money) {
        return TypeHandle(duckdb_create_decimal_type(18, Decimal::digits));
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
