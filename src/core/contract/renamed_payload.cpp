#include "core/contract/renamed_payload.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_pointer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// Options name few fields, and std::map would need a std::string to look for.
template <class Text>
bool is_named(const std::map<std::string, Text>& fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
}

}  // namespace

bool RenamedPayload::keeps_its_name(std::string_view member) const {
    // A field that is read from another column is not this member, whatever its name.
    if (is_named(options_.columns, member) || is_named(options_.constants, member)) return false;
    const bool is_mapped = std::ranges::any_of(
        options_.columns, [&](const auto& column) { return column.second.contains(member); });
    return !is_mapped || type_.find(member) != nullptr;
}

Result<JsonValue> RenamedPayload::read(JsonValue payload, std::string& buffer,
                                       JsonDocument& document) const {
    buffer.assign(1, '{');
    const auto add_name = [&](std::string_view name) {
        if (buffer.size() > 1) buffer += ',';
        append_json_string(buffer, name);
        buffer += ':';
    };
    for_each_child(payload, [&](JsonValue member) {
        for (const auto& [field, column] : options_.columns) {
            if (column.has_several() || column.first() != member.key()) continue;
            if (is_named(options_.constants, field)) continue;
            add_name(field);
            buffer += member.raw();
        }
        if (!keeps_its_name(member.key())) return;
        add_name(member.key());
        buffer += member.raw();
    });
    // Which of several names a field has is known once all members are.
    for (const auto& [field, column] : options_.columns) {
        if (!column.has_several() || is_named(options_.constants, field)) continue;
        const auto value = column.find(payload).value;
        if (!value) continue;
        add_name(field);
        buffer += value->raw();
    }
    for (const auto& [field, text] : options_.constants) {
        add_name(field);
        append_json_string(buffer, text);
    }
    buffer += '}';
    // What the values state twice was judged when the payload was read.
    return document.parse(buffer, DuplicateKeys::last);
}

std::string RenamedPayload::location_in_payload(JsonValue payload, std::string_view pointer) const {
    for (const auto& [field, column] : options_.columns) {
        if (is_named(options_.constants, field)) continue;
        const std::string step = pointer_step(field);
        const bool is_inside = pointer.starts_with(step) &&
                               (pointer.size() == step.size() || pointer[step.size()] == '/');
        if (!is_inside) continue;
        const std::string* name = column.has_several() ? column.find(payload).name : nullptr;
        return pointer_step(name ? *name : column.first()) +
               std::string(pointer.substr(step.size()));
    }
    return std::string(pointer);
}

std::vector<SchemaError> RenamedPayload::contradictions(JsonValue payload) const {
    std::vector<SchemaError> errors;
    for (const auto& [field, column] : options_.columns) {
        if (!column.has_several() || is_named(options_.constants, field)) continue;
        const ColumnNames::Found found = column.find(payload);
        if (!found.other) continue;
        errors.push_back(
            {.instance_location = pointer_step(*found.name),
             .keyword = "columns",
             .message = fmt::format("{} of field \"{}\"", found.contradiction(), field)});
    }
    return errors;
}

}  // namespace meshline
