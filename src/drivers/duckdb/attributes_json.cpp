#include "drivers/duckdb/attributes_json.hpp"

#include "base/json/json_writer.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/handles.hpp"

#include <fmt/format.h>
#include <iterator>
#include <string>
#include <vector>

namespace meshline {
namespace {

bool is_valid(const std::uint64_t* validity, idx_t row) {
    return validity == nullptr || (validity[row / 64] >> (row % 64) & 1) != 0;
}

/// One member of the struct over all rows.
struct Member {
    std::string key;  ///< "\"name\":"
    duckdb_type type = DUCKDB_TYPE_INVALID;
    const void* data = nullptr;
    const std::uint64_t* validity = nullptr;

    void append(idx_t row, std::string& out) const {
        if (type == DUCKDB_TYPE_VARCHAR) {
            append_json_string(out, text_of(static_cast<const duckdb_string_t*>(data)[row]));
        } else if (type == DUCKDB_TYPE_BOOLEAN) {
            out += static_cast<const bool*>(data)[row] ? "true" : "false";
        } else {
            fmt::format_to(std::back_inserter(out), "{}",
                           static_cast<const std::int64_t*>(data)[row]);
        }
    }
};

std::vector<Member> members_of(duckdb_vector vector) {
    const TypeHandle type(duckdb_vector_get_column_type(vector));
    std::vector<Member> members(duckdb_struct_type_child_count(type.get()));
    for (idx_t i = 0; i < members.size(); ++i) {
        char* name = duckdb_struct_type_child_name(type.get(), i);
        append_json_string(members[i].key, name);
        members[i].key += ':';
        duckdb_free(name);
        duckdb_vector child = duckdb_struct_vector_get_child(vector, i);
        members[i].type =
            duckdb_get_type_id(TypeHandle(duckdb_vector_get_column_type(child)).get());
        members[i].data = duckdb_vector_get_data(child);
        members[i].validity = duckdb_vector_get_validity(child);
    }
    return members;
}

}  // namespace

bool is_flat_struct(duckdb_logical_type type) {
    if (duckdb_get_type_id(type) != DUCKDB_TYPE_STRUCT) return false;
    for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
        switch (duckdb_get_type_id(TypeHandle(duckdb_struct_type_child_type(type, i)).get())) {
            case DUCKDB_TYPE_STRUCT:
            case DUCKDB_TYPE_LIST:
            case DUCKDB_TYPE_MAP:
                return false;
            default:
                break;
        }
    }
    return true;
}

void write_attributes(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(input, 0);
    const std::uint64_t* validity = duckdb_vector_get_validity(vector);
    const std::vector<Member> members = members_of(vector);
    std::string text;
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        text.clear();
        for (const Member& member : members) {
            if (!is_valid(validity, row) || !is_valid(member.validity, row)) continue;
            text += text.empty() ? '{' : ',';
            text += member.key;
            member.append(row, text);
        }
        if (text.empty()) {
            duckdb_vector_ensure_validity_writable(output);
            duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), row);
            continue;
        }
        text += '}';
        duckdb_vector_assign_string_element_len(output, row, text.data(), text.size());
    }
}

}  // namespace meshline
