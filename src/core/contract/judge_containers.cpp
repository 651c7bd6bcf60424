#include "core/contract/judge.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace meshline {
namespace {

/// The constants of the source that this thread judges just now, as JSON values. Kept between
/// payloads because all payloads of a source have the same ones.
class ConstantValues {
  public:
    static JsonValue of(const std::map<std::string, std::string>& constants) {
        thread_local ConstantValues kept;
        if (kept.constants_ != constants || !kept.is_parsed_) kept.read(constants);
        return kept.document_.root();
    }

  private:
    void read(const std::map<std::string, std::string>& constants) {
        JsonWriter writer;
        writer.begin_object();
        for (const auto& [field, text] : constants)
            writer.member(field, text);
        writer.end_object();
        is_parsed_ = document_.parse(writer.take()).ok();
        MESHLINE_CHECK(is_parsed_);
        constants_ = constants;
    }

    std::map<std::string, std::string> constants_;
    JsonDocument document_;
    bool is_parsed_ = false;
};

/// Options name few fields, and std::map would need a std::string to look for.
bool is_named(const std::map<std::string, std::string>& fields, std::string_view name) {
    return std::ranges::find(fields, name, [](const auto& field) -> std::string_view {
               return field.first;
           }) != fields.end();
}

}  // namespace

bool Judge::judge_array(const Schema& schema, JsonValue value, const Path* path) {
    bool holds = true;
    if (value.size() < schema.items_min) {
        holds = fail(path, "minItems", fmt::format("{} items are too few", value.size()));
    }
    if (value.size() > schema.items_max) {
        holds = fail(path, "maxItems", fmt::format("{} items are too many", value.size()));
    }
    if (schema.items == no_schema || value.size() == 0) return holds;
    JsonValue item = value.first();
    for (std::size_t index = 0;; item = item.next()) {
        if (!holds && is_over()) return false;
        const Path item_path{.parent = path, .index = index, .is_element = true};
        holds &= judge(schema.items, item, &item_path);
        if (++index == value.size()) return holds;
    }
}

bool Judge::judge_member(const Schema& schema, const Property* property, JsonValue member,
                         const Path* path) {
    const bool is_declared = property != nullptr && property->schema != no_schema;
    const SchemaId id = is_declared ? property->schema : schema.additional;
    if (id == no_schema) return true;
    if (is_declared && (property->types_enough & type_set_of(member.type())) != 0) return true;
    const Path member_path{.parent = path, .name = member.key()};
    if (!is_declared && compiled_.at(id).is_never) {
        return fail(&member_path, "additionalProperties", "the contract does not know this member");
    }
    return judge(id, member, &member_path);
}

bool Judge::judge_object(const Schema& schema, JsonValue value, const Path* path) {
    if (schema.properties.all().empty() && schema.additional == no_schema) return true;
    const std::size_t position = violations_.size();
    std::size_t required_count = 0;
    bool holds = true;
    if (value.size() > 0) {
        JsonValue member = value.first();
        for (std::size_t left = value.size();; member = member.next()) {
            const Property* property = schema.properties.find(member.key());
            if (property != nullptr && property->is_required) ++required_count;
            holds &= judge_member(schema, property, member, path);
            if (!holds && is_over()) return false;
            if (--left == 0) break;
        }
    }
    // Names are unique, so counting the required ones is enough.
    if (required_count == schema.properties.required_count()) return holds;
    return judge_required(schema, value, path, position);
}

/// Reports what is missing before what its members do wrong: at `position`. Only called when
/// something may be missing; returns whether nothing is.
bool Judge::judge_required(const Schema& schema, JsonValue value, const Path* path,
                           std::size_t position) {
    const bool is_root = path == nullptr;
    bool holds = true;
    for (const Property& property : schema.properties.all()) {
        if (!property.is_required) continue;
        const auto column = options_.columns.find(property.name);
        const bool is_renamed_here = is_root && column != options_.columns.end();
        const std::string& member = is_renamed_here ? column->second : property.name;
        if (is_root && options_.constants.contains(property.name)) continue;
        if (value.find(member)) continue;
        if (is_quiet_) return false;
        const std::string field =
            is_renamed_here ? fmt::format(" (field \"{}\")", property.name) : "";
        holds = fail(path, "required", fmt::format("member \"{}\"{} is missing", member, field),
                     position);
        if (!is_over()) ++position;
    }
    return holds;
}

/// The payload itself where the source renames its members or adds constants.
bool Judge::judge_root(const Schema& schema, JsonValue payload) {
    bool holds = judge_required(schema, payload, nullptr, violations_.size());
    if (!holds && is_over()) return false;
    if (payload.size() > 0) {
        JsonValue member = payload.first();
        for (std::size_t left = payload.size();; member = member.next()) {
            bool is_known = false;
            const auto judge_as = [&](std::string_view field) {
                const Property* property = schema.properties.find(field);
                const bool is_field = property != nullptr && property->schema != no_schema;
                if (!is_field || is_named(options_.constants, field)) return;
                is_known = true;
                holds &= judge_member(schema, property, member, nullptr);
            };
            for (const auto& [field, column] : options_.columns) {
                if (column == member.key()) judge_as(field);
            }
            // A field that is read from another column is not this member, whatever its name.
            if (!is_named(options_.columns, member.key())) judge_as(member.key());
            if (!is_known) holds &= judge_member(schema, nullptr, member, nullptr);
            if (!holds && is_over()) return false;
            if (--left == 0) break;
        }
    }
    return judge_constants(schema) && holds;
}

bool Judge::judge_constants(const Schema& schema) {
    if (options_.constants.empty()) return true;
    JsonValue constant = ConstantValues::of(options_.constants).first();
    bool holds = true;
    for (std::size_t left = options_.constants.size();; constant = constant.next()) {
        const Property* property = schema.properties.find(constant.key());
        if (property != nullptr) holds &= judge_member(schema, property, constant, nullptr);
        if (!holds && is_over()) return false;
        if (--left == 0) return holds;
    }
}

}  // namespace meshline
