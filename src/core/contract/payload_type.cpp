#include "core/contract/payload_type.hpp"

#include "base/result/check.hpp"
#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {
namespace {

// The depth of a type is bounded where it is derived, so these may call each other.
void append_sql_type(std::string& out, const PayloadType& type);

void append_structure(std::string& out, const PayloadType& type) {
    out += "STRUCT(";
    for (std::size_t index = 0; index < type.fields.size(); ++index) {
        if (index > 0) out += ", ";
        out += quote_identifier(type.fields[index].name);
        out += ' ';
        append_sql_type(out, type.fields[index]);
    }
    out += ')';
}

void append_sql_type(std::string& out, const PayloadType& type) {
    switch (type.kind) {
        case PayloadKind::text:
            out += "VARCHAR";
            return;
        case PayloadKind::boolean:
            out += "BOOLEAN";
            return;
        case PayloadKind::integer:
            out += "BIGINT";
            return;
        case PayloadKind::money:
            out += "DECIMAL(18,6)";
            return;
        case PayloadKind::instant:
            out += "TIMESTAMP";
            return;
        case PayloadKind::date:
            out += "DATE";
            return;
        case PayloadKind::structure:
            append_structure(out, type);
            return;
        case PayloadKind::list:
            MESHLINE_CHECK(type.fields.size() == 1);
            append_sql_type(out, type.fields.front());
            out += "[]";
            return;
    }
}

}  // namespace

const PayloadType* PayloadType::find(std::string_view field) const {
    const auto found = std::ranges::find(fields, field, &PayloadType::name);
    return found == fields.end() || kind == PayloadKind::list ? nullptr : &*found;
}

std::string sql_type(const PayloadType& type) {
    std::string out;
    append_sql_type(out, type);
    return out;
}

}  // namespace meshline
