#include "core/contract/shown_place.hpp"

#include "base/json/json_pointer.hpp"
#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::size_t name_letters_max = 64;
/// Ids, phone numbers and dates have longer ones.
constexpr int digits_in_a_row_max = 3;

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool is_name_of_field(std::string_view name, bool is_top) {
    if (name.empty() || name.size() > name_letters_max) return false;
    // Columns are named by people, in their language: "Währung (netto)".
    constexpr std::string_view marks_of_columns = " ./()#%:";
    const auto is_of_column = [&](char byte) {
        return is_top && (static_cast<unsigned char>(byte) >= 0x80 ||
                          marks_of_columns.find(byte) != std::string_view::npos);
    };
    if (!is_letter(name.front()) && name.front() != '_' && !is_of_column(name.front()))
        return false;
    int digits = 0;
    for (const char byte : name) {
        digits = is_digit(byte) ? digits + 1 : 0;
        const bool is_mark = byte == '_' || byte == '-' || is_of_column(byte);
        if (digits > digits_in_a_row_max) return false;
        if (!is_letter(byte) && !is_digit(byte) && !is_mark) return false;
    }
    return true;
}

/// The field of the contract that a member of the root is, whatever the source calls it.
std::string field_of(std::string_view member, const ReadOptions& options) {
    for (const auto& [field, column] : options.columns) {
        if (column.contains(member)) return field;
    }
    return std::string(member);
}

}  // namespace

std::string shown_name(std::string_view name, bool is_top) {
    return is_name_of_field(name, is_top) ? std::string(name) : shape_of(name);
}

std::string shown_place(std::string_view pointer, const PayloadType& type,
                        const ReadOptions& options) {
    std::string place;
    const PayloadType* inside = &type;
    bool is_top = true;
    for (const std::string& step : pointer_steps(pointer)) {
        const bool is_list = inside != nullptr && inside->kind == PayloadKind::list;
        const PayloadType* next = nullptr;
        if (is_list) {
            next = &inside->fields.front();
        } else if (inside != nullptr && inside->kind == PayloadKind::structure) {
            next = inside->find(is_top ? field_of(step, options) : step);
        }
        const bool is_named = next != nullptr;
        place += pointer_step(is_named ? step : shown_name(step, is_top));
        inside = next;
        is_top = false;
    }
    return place;
}

}  // namespace meshline
