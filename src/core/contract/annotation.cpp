#include "core/contract/annotation.hpp"

#include "base/json/json_pointer.hpp"
#include "base/money/currency_table.hpp"
#include "base/text/text.hpp"
#include "core/contract/read_value.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace meshline {
namespace {

struct AnnotationName {
    std::string_view name;
    Annotation annotation;
};

constexpr std::array annotation_names = {
    AnnotationName{"money", Annotation::money},
    AnnotationName{"integer", Annotation::integer},
    AnnotationName{"boolean", Annotation::boolean},
    AnnotationName{"instant", Annotation::instant},
    AnnotationName{"unix_seconds", Annotation::unix_seconds},
    AnnotationName{"unix_millis", Annotation::unix_millis},
    AnnotationName{"date", Annotation::date},
    AnnotationName{"currency", Annotation::currency},
};

/// Drops the value: what it is, the transform will read again.
template <class T>
bool is_read(const Result<std::optional<T>>& read, std::string* message) {
    if (!read.ok() && message != nullptr) *message = read.error().message;
    return read.ok();
}

std::string no_currency(std::string_view text) {
    return fmt::format("\"{}\" is not a currency", shape_of(text));
}

bool is_currency(JsonValue value, const CurrencyTable& currencies, std::string* message) {
    const bool is_text = value.is(JsonType::string);
    if (is_text && currencies.has(value.text())) return true;
    if (message != nullptr) {
        *message = is_text ? no_currency(value.text())
                           : fmt::format("expected a currency, found {}", name_of(value.type()));
    }
    return false;
}

}  // namespace

std::optional<std::string> unknown_currency(const SchemaError& violation, JsonValue record) {
    const JsonValue value = nearest_at(record, violation.instance_location);
    if (!value.is(JsonType::string) || violation.message != no_currency(value.text()))
        return std::nullopt;
    const auto currency = Currency::unlisted(value.text());
    return currency ? std::optional(std::string(currency->code())) : std::nullopt;
}

Result<RuleId> AnnotationRules::rule_of(JsonValue written) const {
    const std::string_view name = written.text();
    const auto found = std::ranges::find(annotation_names, name, &AnnotationName::name);
    if (written.is(JsonType::string) && found != annotation_names.end()) {
        return static_cast<RuleId>(found->annotation);
    }
    std::vector<std::string> known;
    for (const AnnotationName& one : annotation_names)
        known.emplace_back(one.name);
    return Error{.kind = ErrorKind::invalid,
                 .code = "contract.unknown_annotation",
                 .message = written.is(JsonType::string)
                                ? fmt::format("unknown annotation \"{}\"", name)
                                : fmt::format("the name of an annotation was expected, found {}",
                                              name_of(written.type())),
                 .hint = hint_for_unknown(name, known)};
}

SchemaRules::Verdict AnnotationRules::judge(RuleId rule, JsonValue value,
                                            std::string* message) const {
    // Empty text is a null that the source could not write otherwise.
    if (value.is(JsonType::string) && trim(value.text()).empty()) return Verdict::blank;
    const auto verdict = [](bool is_kept) { return is_kept ? Verdict::kept : Verdict::broken; };
    switch (static_cast<Annotation>(rule)) {
        case Annotation::none:
            break;
        case Annotation::money:
            return verdict(is_read(read_money(value, options_), message));
        case Annotation::integer:
            return verdict(is_read(read_integer(value), message));
        case Annotation::boolean:
            return verdict(is_read(read_boolean(value), message));
        case Annotation::instant:
            return verdict(is_read(read_instant(value, options_), message));
        case Annotation::unix_seconds:
            return verdict(is_read(read_unix(value, 1'000'000), message));
        case Annotation::unix_millis:
            return verdict(is_read(read_unix(value, 1'000), message));
        case Annotation::date:
            return verdict(is_read(read_date(value, options_), message));
        case Annotation::currency:
            return verdict(is_currency(value, options_.currencies, message));
    }
    return Verdict::kept;
}

}  // namespace meshline
