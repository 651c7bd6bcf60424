#include "base/text/text.hpp"
#include "core/contract/compile_schema.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>
#include <vector>

namespace meshline {
namespace {

constexpr std::size_t fields_max = 4096;
constexpr std::size_t levels_max = 64;

bool is_only(const Schema& schema, std::uint8_t type) {
    return (schema.types & ~(type | type_null)) == 0;
}

bool has_control_byte(std::string_view name) {
    return std::ranges::any_of(name,
                               [](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
}

/// Follows the schemas down. It calls itself at most `levels_max` deep, which the schema's author
/// cannot exceed.
class TypeDerivation {
  public:
    explicit TypeDerivation(const CompiledSchema& compiled) : compiled_(compiled) {}

    Result<PayloadType> derive(SchemaId id) {
        const Schema& schema = compiled_.at(id);
        if (path_.size() == levels_max || ++field_count_ > fields_max) {
            return schema_error(compiled_, schema.offset, "contract.too_large",
                                "contract has more than 4096 fields or 64 levels of them",
                                "Leave out \"properties\" of what transforms do not read.");
        }
        const bool is_recursive = std::ranges::find(path_, id) != path_.end();
        if (is_recursive) return PayloadType{};
        path_.push_back(id);
        auto type = derive_new(schema);
        path_.pop_back();
        return type;
    }

  private:
    Result<PayloadType> derive_new(const Schema& schema) {
        PayloadType type;
        if (schema.annotation != Annotation::none) {
            annotate(schema.annotation, type);
            return type;
        }
        if (has_fields(schema) && is_only(schema, type_object)) return derive_structure(schema);
        if (schema.reference != no_schema) return derive(schema.reference);
        if (schema.items != no_schema && is_only(schema, type_array)) {
            type.kind = PayloadKind::list;
            MESHLINE_ASSIGN(PayloadType item, derive(schema.items));
            type.fields.push_back(std::move(item));
            return type;
        }
        if (schema.types != 0 && schema.types != type_null) {
            if (is_only(schema, type_integer)) type.kind = PayloadKind::integer;
            if (is_only(schema, type_boolean)) type.kind = PayloadKind::boolean;
        }
        return type;
    }

    static bool has_fields(const Schema& schema) {
        return std::ranges::any_of(schema.properties.all(), [](const Property& property) {
            return property.schema != no_schema;
        });
    }

    static void annotate(Annotation annotation, PayloadType& type) {
        switch (annotation) {
            case Annotation::none:
            case Annotation::currency:
                type.kind = PayloadKind::text;
                return;
            case Annotation::money:
                type.kind = PayloadKind::money;
                return;
            case Annotation::integer:
                type.kind = PayloadKind::integer;
                return;
            case Annotation::boolean:
                type.kind = PayloadKind::boolean;
                return;
            case Annotation::instant:
                type.kind = PayloadKind::instant;
                return;
            case Annotation::date:
                type.kind = PayloadKind::date;
                return;
            case Annotation::unix_seconds:
                type.kind = PayloadKind::instant;
                type.unix_unit_micros = 1'000'000;
                return;
            case Annotation::unix_millis:
                type.kind = PayloadKind::instant;
                type.unix_unit_micros = 1'000;
                return;
        }
    }

    Result<PayloadType> derive_structure(const Schema& schema) {
        PayloadType type;
        type.kind = PayloadKind::structure;
        std::set<std::string> lower_names;
        for (const Property& property : schema.properties.all()) {
            if (property.schema == no_schema) continue;
            const std::size_t offset = compiled_.at(property.schema).offset;
            if (property.name.empty() || has_control_byte(property.name)) {
                return schema_error(compiled_, offset, "contract.bad_field_name",
                                    "field whose name is empty or has control bytes",
                                    "A transform could not name it.");
            }
            if (!lower_names.insert(to_lower_ascii(property.name)).second) {
                return schema_error(
                    compiled_, offset, "contract.ambiguous_field",
                    fmt::format("field \"{}\" differs from another in case only", property.name),
                    "SQL does not tell them apart; leave one of them out.");
            }
            MESHLINE_ASSIGN(PayloadType field, derive(property.schema));
            field.name = property.name;
            type.fields.push_back(std::move(field));
        }
        return type;
    }

    const CompiledSchema& compiled_;
    std::vector<SchemaId> path_;
    std::size_t field_count_ = 0;
};

}  // namespace

Result<PayloadType> derive_payload_type(const CompiledSchema& compiled) {
    return TypeDerivation(compiled).derive(0);
}

}  // namespace meshline
