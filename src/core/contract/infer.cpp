#include "core/contract/infer.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_writer.hpp"
#include "base/jsonschema/type_set.hpp"
#include "base/money/currency.hpp"
#include "base/text/text.hpp"
#include "core/contract/read_value.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {

struct ContractInference::Field {
    std::string name;
    std::int64_t count = 0;
    std::uint8_t types = 0;  ///< A TypeSet; whole numbers are integers.
    /// Texts that are not blank, and how many of them read as what an annotation says.
    std::int64_t text_count = 0;
    std::int64_t blank_count = 0;
    std::int64_t instant_count = 0;
    std::int64_t date_count = 0;
    std::int64_t money_count = 0;
    std::int64_t currency_count = 0;
    std::vector<std::unique_ptr<Field>> members;  ///< In the order in which they were met.
    std::map<std::string, Field*, std::less<>> by_lower_name;
    std::unique_ptr<Field> items;
};

namespace {

using Field = ContractInference::Field;

bool is_nameable(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char byte) {
        return static_cast<unsigned char>(byte) >= 0x20;
    });
}

/// "12.50": what has cents is money or measures; whole numbers in quotes are mostly ids.
bool is_decimal_text(JsonValue value) {
    return value.text().find('.') != std::string_view::npos && read_money(value, {}).ok();
}

void note_text(Field& field, JsonValue value) {
    if (trim(value.text()).empty()) {
        ++field.blank_count;
        return;
    }
    ++field.text_count;
    constexpr std::size_t date_size = 10;
    const bool is_date = value.text().size() == date_size && read_date(value, {}).ok();
    if (is_date) ++field.date_count;
    if (!is_date && read_instant(value, {}).ok()) ++field.instant_count;
    if (is_decimal_text(value)) ++field.money_count;
    const bool is_upper = to_lower_ascii(value.text()) != value.text();
    if (is_upper && Currency::from_code(value.text()).ok()) ++field.currency_count;
}

std::uint8_t type_of(JsonValue value) {
    if (!value.is(JsonType::number)) return type_set_of(value.type());
    return value.raw().find_first_of(".eE") == std::string_view::npos ? type_integer : type_number;
}

/// The annotation that all texts of a field allow; empty where none does.
std::string_view annotation_of(const Field& field) {
    constexpr std::uint8_t texts = type_string | type_null;
    if (field.text_count == 0 || (field.types & ~texts) != 0) return "";
    if (field.instant_count == field.text_count) return "instant";
    if (field.date_count == field.text_count) return "date";
    if (field.money_count == field.text_count) return "money";
    if (field.currency_count == field.text_count) return "currency";
    return "";
}

void write_types(JsonWriter& writer, std::uint8_t types) {
    // Every integer is a number.
    if ((types & type_number) != 0) types &= static_cast<std::uint8_t>(~type_integer);
    const std::vector<std::string> wanted = names_of_types(types);
    writer.key("type");
    if (wanted.size() == 1) {
        writer.string(wanted.front());
        return;
    }
    writer.begin_array();
    for (const std::string& name : wanted)
        writer.string(name);
    writer.end_array();
}

/// Writes the keywords of a field as members of the open object. Calls itself once a level, of
/// which there are at most `levels_max`.
void write_field(JsonWriter& writer, const Field& field, std::int64_t out_of) {
    if (out_of > 0) writer.member("$comment", fmt::format("in {} of {}", field.count, out_of));
    const std::string_view annotation = annotation_of(field);
    // Blank text of an annotated field is a null that the source could not write otherwise.
    const bool has_blank_null = !annotation.empty() && field.blank_count > 0;
    const auto types = static_cast<std::uint8_t>(field.types | (has_blank_null ? type_null : 0));
    if (types != 0) write_types(writer, types);
    if (!annotation.empty()) writer.member("x-meshline", annotation);
    if (!field.members.empty()) {
        const auto is_required = [&](const auto& member) {
            return member->count == field.count && (field.types & ~type_object) == 0;
        };
        if (std::ranges::any_of(field.members, is_required)) {
            writer.key("required").begin_array();
            for (const auto& member : field.members) {
                if (is_required(member)) writer.string(member->name);
            }
            writer.end_array();
        }
        writer.key("properties").begin_object();
        for (const auto& member : field.members) {
            writer.key(member->name).begin_object();
            write_field(writer, *member, field.count);
            writer.end_object();
        }
        writer.end_object();
    }
    if (!field.items) return;
    writer.key("items").begin_object();
    write_field(writer, *field.items, 0);
    writer.end_object();
}

/// What is still to be noted: a value, the field it belongs to, how deep and where it lies.
struct Noting {
    Field* field;
    JsonValue value;
    int level;
    std::string way;
};

}  // namespace

ContractInference::ContractInference() : root_(std::make_unique<Field>()) {}
ContractInference::~ContractInference() = default;
ContractInference::ContractInference(ContractInference&&) noexcept = default;
ContractInference& ContractInference::operator=(ContractInference&&) noexcept = default;

std::int64_t ContractInference::sample_count() const {
    return root_->count;
}

const std::vector<std::string>& ContractInference::left_open() const {
    return left_open_;
}

void ContractInference::add(JsonValue sample) {
    std::vector<Noting> rest{{root_.get(), sample, 1, ""}};
    const auto member_of = [&](Field& field, std::string_view name,
                               const std::string& way) -> Field* {
        const auto known = field.by_lower_name.find(to_lower_ascii(name));
        if (known != field.by_lower_name.end() && known->second->name == name) return known->second;
        const bool is_open =
            known != field.by_lower_name.end() || !is_nameable(name) || field_count_ == fields_max;
        if (is_open) {
            if (std::ranges::find(left_open_, way) == left_open_.end() &&
                left_open_.size() < fields_max) {
                left_open_.push_back(way);
            }
            return nullptr;
        }
        ++field_count_;
        field.members.push_back(std::make_unique<Field>());
        field.members.back()->name = name;
        return field.by_lower_name[to_lower_ascii(name)] = field.members.back().get();
    };
    while (!rest.empty()) {
        const Noting now = std::move(rest.back());
        rest.pop_back();
        Field& field = *now.field;
        ++field.count;
        field.types |= type_of(now.value);
        if (now.value.is(JsonType::string)) note_text(field, now.value);
        if (now.level == levels_max || now.value.size() == 0) continue;
        const bool is_array = now.value.is(JsonType::array);
        if (is_array && !field.items) field.items = std::make_unique<Field>();
        std::vector<Noting> inside;
        for_each_child(now.value, [&](JsonValue child) {
            const std::string way =
                is_array ? now.way
                         : fmt::format("{}{}{}", now.way, now.way.empty() ? "" : "/", child.key());
            Field* target = is_array ? field.items.get() : member_of(field, child.key(), way);
            if (target != nullptr) inside.push_back({target, child, now.level + 1, way});
        });
        std::move(inside.rbegin(), inside.rend(), std::back_inserter(rest));
    }
}

std::string ContractInference::schema() const {
    JsonWriter writer(true);
    writer.begin_object();
    writer.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    writer.member("title", fmt::format("proposed from {} record{}", root_->count,
                                       root_->count == 1 ? "" : "s"));
    write_field(writer, *root_, 0);
    return writer.end_object().take();
}

}  // namespace meshline
