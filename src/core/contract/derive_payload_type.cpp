#include "core/contract/derive_payload_type.hpp"

#include "base/text/text.hpp"
#include "core/contract/annotation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

namespace meshline {
namespace {

constexpr std::size_t fields_max = 4096;
constexpr std::size_t levels_max = 64;
constexpr std::uint8_t every_type = 0xFF;

bool has_control_byte(std::string_view name) {
    return std::ranges::any_of(name,
                               [](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
}

PayloadType scalar_of(Annotation annotation) {
    PayloadType type;
    switch (annotation) {
        case Annotation::none:
        case Annotation::currency:
            break;
        case Annotation::money:
            type.kind = PayloadKind::money;
            break;
        case Annotation::integer:
            type.kind = PayloadKind::integer;
            break;
        case Annotation::boolean:
            type.kind = PayloadKind::boolean;
            break;
        case Annotation::instant:
            type.kind = PayloadKind::instant;
            break;
        case Annotation::date:
            type.kind = PayloadKind::date;
            break;
        case Annotation::unix_seconds:
            type.kind = PayloadKind::instant;
            type.unix_unit_micros = 1'000'000;
            break;
        case Annotation::unix_millis:
            type.kind = PayloadKind::instant;
            type.unix_unit_micros = 1'000;
            break;
    }
    return type;
}

/// What all schemas together say of one value.
struct Said {
    std::vector<SchemaId> schemas;  ///< In the order in which they decide.
    std::uint8_t types = every_type;

    bool is_typed() const { return types != every_type && (types & ~type_null) != 0; }
    /// Nothing is said, or nothing else.
    bool may_be(std::uint8_t type) const {
        return types == every_type || (types & ~(type | type_null)) == 0;
    }
};

/// Follows the schemas down. It calls itself at most `levels_max` deep, which the schema's author
/// cannot exceed.
class TypeDerivation {
  public:
    explicit TypeDerivation(const SchemaProgram& program) : program_(program) {}

    Result<PayloadType> derive(SchemaId id) {
        const SchemaNode& written = program_.nodes[id];
        if (path_.size() == levels_max || ++field_count_ > fields_max) {
            return refuse(id, "contract.too_large",
                          "contract has more than 4096 fields or 64 levels of them",
                          "Leave out \"properties\" of what transforms do not read.");
        }
        const SchemaId end = written.stands_for == no_schema ? id : written.stands_for;
        const bool is_recursive = std::ranges::find(path_, end) != path_.end();
        if (is_recursive) return PayloadType{};
        path_.push_back(end);
        const Said said = gather(end);
        auto type = derive_new(said);
        path_.pop_back();
        if (type.ok()) type->owner = owner_of(id, said);
        return type;
    }

  private:
    /// What stands beside a reference counts first.
    std::string owner_of(SchemaId written, const Said& said) const {
        std::vector<SchemaId> schemas = {written};
        schemas.insert(schemas.end(), said.schemas.begin(), said.schemas.end());
        for (const SchemaId id : schemas) {
            const auto owner = program_.nodes[id].source->find(owner_keyword);
            if (owner) return std::string(owner->text());
        }
        return "";
    }

    /// check_chains() bounds how far this goes.
    Said gather(SchemaId root) const {
        Said said;
        std::vector<SchemaId> waiting = {root};
        std::unordered_set<SchemaId> known;
        while (!waiting.empty()) {
            const SchemaId id = waiting.back();
            waiting.pop_back();
            if (!known.insert(id).second) continue;
            said.schemas.push_back(id);
            const SchemaNode& node = program_.nodes[id];
            if (node.types != 0) said.types &= widened(node.types);
            if (!node.applicators) continue;
            const Applicators& applicators = *node.applicators;
            for (const auto& alternatives : {applicators.one_of, applicators.any_of}) {
                const SchemaId only = only_alternative(alternatives);
                if (only != no_schema) waiting.push_back(only);
            }
            waiting.insert(waiting.end(), applicators.all_of.rbegin(), applicators.all_of.rend());
            if (applicators.reference != no_schema) waiting.push_back(applicators.reference);
        }
        return said;
    }

    /// A number that must be whole keeps both "number" and "integer".
    static std::uint8_t widened(std::uint8_t types) {
        return (types & type_number) != 0 ? types | type_integer : types;
    }

    /// What stands beside null; none where there is a choice.
    SchemaId only_alternative(const std::vector<SchemaId>& alternatives) const {
        SchemaId only = no_schema;
        for (const SchemaId id : alternatives) {
            if (program_.nodes[id].types == type_null) continue;
            if (only != no_schema) return no_schema;
            only = id;
        }
        return only;
    }

    Result<PayloadType> derive_new(const Said& said) {
        PayloadType type;
        bool has_fields = false;
        SchemaId items = no_schema;
        for (const SchemaId id : said.schemas) {
            const SchemaNode& node = program_.nodes[id];
            if (node.rule != no_rule) return scalar_of(static_cast<Annotation>(node.rule));
            has_fields |=
                node.object &&
                std::ranges::any_of(node.object->properties.all(), [](const Property& property) {
                    return property.schema != no_schema;
                });
            if (items == no_schema && node.array && node.array->prefix.empty()) {
                items = node.array->rest;
            }
        }
        if (has_fields && said.may_be(type_object)) return derive_structure(said);
        if (items != no_schema && said.may_be(type_array)) {
            type.kind = PayloadKind::list;
            MESHLINE_ASSIGN(PayloadType item, derive(items));
            type.fields.push_back(std::move(item));
            return type;
        }
        if (said.is_typed() && said.may_be(type_integer)) type.kind = PayloadKind::integer;
        if (said.is_typed() && said.may_be(type_boolean)) type.kind = PayloadKind::boolean;
        return type;
    }

    Result<PayloadType> derive_structure(const Said& said) {
        PayloadType type;
        type.kind = PayloadKind::structure;
        type.is_open = std::ranges::none_of(said.schemas, [&](SchemaId id) {
            const auto& object = program_.nodes[id].object;
            return object && describes_others(*object);
        });
        std::set<std::string, std::less<>> names;
        std::set<std::string> lower_names;
        for (const SchemaId id : said.schemas) {
            if (!program_.nodes[id].object) continue;
            for (const Property& property : program_.nodes[id].object->properties.all()) {
                if (property.schema == no_schema || !names.insert(property.name).second) continue;
                MESHLINE_TRY(check_name(property, lower_names));
                MESHLINE_ASSIGN(PayloadType field, derive(property.schema));
                field.name = property.name;
                type.fields.push_back(std::move(field));
            }
        }
        return type;
    }

    /// Whether members beside "properties" are described, or kept out.
    bool describes_others(const ObjectChecks& object) const {
        const auto says_something = [&](SchemaId id) {
            return id != no_schema &&
                   (program_.nodes[id].is_never || program_.nodes[id].source->size() > 0);
        };
        return !object.patterns.empty() || says_something(object.additional) ||
               says_something(object.unevaluated);
    }

    Result<void> check_name(const Property& property, std::set<std::string>& lower_names) const {
        if (property.name.empty() || has_control_byte(property.name)) {
            return refuse(property.schema, "contract.bad_field_name",
                          "field whose name is empty or has control bytes",
                          "A transform could not name it.");
        }
        if (!lower_names.insert(to_lower_ascii(property.name)).second) {
            return refuse(
                property.schema, "contract.ambiguous_field",
                fmt::format("field \"{}\" differs from another in case only", property.name),
                "SQL does not tell them apart; leave one of them out.");
        }
        return {};
    }

    Error refuse(SchemaId id, std::string code, std::string message, std::string hint) const {
        const SchemaNode& node = program_.nodes[id];
        return program_.documents.error_at(node.resource, *node.source, std::move(code),
                                           std::move(message), std::move(hint));
    }

    const SchemaProgram& program_;
    std::vector<SchemaId> path_;
    std::size_t field_count_ = 0;
};

}  // namespace

Result<PayloadType> derive_payload_type(const SchemaProgram& program) {
    return TypeDerivation(program).derive(0);
}

}  // namespace meshline
