#include "core/records/identify.hpp"

#include "base/json/decimal_token.hpp"
#include "base/money/rounding.hpp"
#include "base/text/text.hpp"
#include "core/contract/read_value.hpp"
#include "core/model/event.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// Makes instants before 1970 and negative numbers positive, so that padding keeps their order.
constexpr std::int64_t instant_offset = 1'000'000'000'000'000'000;
constexpr std::int64_t id_number_digits_max = 128;

const PayloadType* type_at(const StreamDefinition& stream, const FieldPath& path) {
    const PayloadType* type = &stream.contract->payload_type();
    for (const std::string& member : path)
        type = type ? type->find(member) : nullptr;
    return type;
}

std::optional<Instant> instant_of(JsonValue value, const PayloadType& type,
                                  const ReadOptions& options) {
    const auto instant = type.unix_unit_micros > 0 ? read_unix(value, type.unix_unit_micros)
                                                   : read_instant(value, options);
    return instant.ok() ? *instant : std::nullopt;
}

/// The currency that the record states, or its source for all of them.
std::optional<std::string> currency_at(JsonValue record, const StreamDefinition& stream,
                                       const ReadOptions& options) {
    if (stream.at_risk_currency.empty()) return std::nullopt;
    const auto constant = options.constants.find(stream.at_risk_currency.front());
    if (stream.at_risk_currency.size() == 1 && constant != options.constants.end()) {
        return constant->second;
    }
    const auto code = value_at(record, stream.at_risk_currency, options);
    return code ? std::optional(std::string(code->text())) : std::nullopt;
}

std::optional<WideMoney> multiplied(const Money& money, JsonValue record,
                                    const StreamDefinition& stream, const ReadOptions& options) {
    const auto value = value_at(record, stream.at_risk_times, options);
    if (!value) return std::nullopt;
    const auto times = read_money(*value, options);
    if (!times.ok() || !*times) return std::nullopt;
    // Below 10^36.
    const __int128 product = static_cast<__int128>(money.amount.micros()) * (*times)->micros();
    const auto micros = divide(product, Decimal::scale, Rounding::half_away_from_zero);
    if (!micros.ok()) return std::nullopt;
    const auto amount = WideDecimal::from_micros(*micros);
    return amount.ok() ? std::optional(WideMoney(*amount, money.currency)) : std::nullopt;
}

/// Where revisions go by arrival.
std::string position_text(std::uint64_t position) {
    return fmt::format("{:020}", position);
}

Error no_identity(const FieldPath& path, const ReadOptions& options, std::string_view why) {
    std::vector<std::string> shown;
    FieldPath member = path;
    for (const std::string& name : options.names_of(path.front())) {
        member.front() = name;
        shown.push_back(fmt::format("\"{}\"", join(member, ".")));
    }
    return Error{
        .code = "capture.no_identity",
        .message = fmt::format("the record has no identity: {} {}", join(shown, " or "), why)};
}

/// Appends a part of an id that others may follow: each "/" in it with a backslash before it, and
/// the backslashes doubled that stand before a "/" or its end. Other parts stay as they are, and no
/// two lists of parts make one id: a "/" after an even number of backslashes is one that joins.
void append_part(std::string& identity, std::string_view part, bool is_last) {
    std::size_t backslashes = 0;
    for (const char byte : part) {
        if (byte == '/') identity.append(backslashes + 1, '\\');
        backslashes = byte == '\\' ? backslashes + 1 : 0;
        identity += byte;
    }
    if (!is_last) identity.append(backslashes, '\\');
}

/// Of a number its value, as long as that is short; a text as it stands.
std::string_view id_text(JsonValue value, std::string& written) {
    const std::string_view text = value.text();
    if (!value.is(JsonType::number)) return text;
    if (text.find_first_not_of("0123456789") == std::string_view::npos) return text;
    const auto number = DecimalToken::parse(text);
    auto plain = number ? number->plain_text(id_number_digits_max) : std::nullopt;
    if (!plain) return text;
    written = *std::move(plain);
    return written;
}

}  // namespace

std::optional<JsonValue> value_at(JsonValue record, const FieldPath& path,
                                  const ReadOptions& options) {
    std::optional<JsonValue> value = record;
    for (std::size_t depth = 0; depth < path.size() && value; ++depth) {
        value = depth == 0 ? options.find(record, path[0]) : value->find(path[depth]);
    }
    return value && is_filled(*value) ? value : std::nullopt;
}

Result<std::string> identity_at(JsonValue record, const std::vector<FieldPath>& paths,
                                const std::vector<std::string>& empty_ids,
                                const ReadOptions& options) {
    std::string identity;
    std::string written;
    const auto add = [&](const FieldPath& path, std::string_view part) {
        // A part that is alone is the id.
        if (paths.size() == 1)
            identity = part;
        else
            append_part(identity, part, &path == &paths.back());
    };
    for (const FieldPath& path : paths) {
        if (&path != &paths.front()) identity += '/';
        const auto constant = options.constants.find(path.front());
        if (path.size() == 1 && constant != options.constants.end()) {
            add(path, constant->second);
            continue;
        }
        const auto value = value_at(record, path, options);
        if (!value) return no_identity(path, options, "is missing or empty");
        if (value->is(JsonType::object) || value->is(JsonType::array))
            return no_identity(path, options, "is no single value");
        const std::string_view part = id_text(*value, written);
        if (std::ranges::find(empty_ids, part) != empty_ids.end())
            return no_identity(path, options, "is empty");
        add(path, part);
        if (identity.size() > id_bytes_max) return no_identity(path, options, "is too long");
    }
    return identity;
}

std::string earlier_identity_at(JsonValue record, const std::vector<FieldPath>& paths,
                                const ReadOptions& options) {
    std::string identity;
    for (const FieldPath& path : paths) {
        if (&path != &paths.front()) identity += '/';
        const auto constant = options.constants.find(path.front());
        if (path.size() == 1 && constant != options.constants.end()) {
            identity += constant->second;
        } else if (const auto value = value_at(record, path, options)) {
            identity += value->text();
        }
    }
    return identity;
}

std::optional<Instant> occurred_at(JsonValue record, const StreamDefinition& stream,
                                   const ReadOptions& options, const BusinessCalendar& calendar) {
    const auto value = value_at(record, stream.occurred_at, options);
    if (!value) return std::nullopt;
    const PayloadType* type = type_at(stream, stream.occurred_at);
    if (!type) return std::nullopt;
    if (type->kind == PayloadKind::date) {
        const auto date = read_date(*value, options);
        if (!date.ok() || !*date) return std::nullopt;
        return calendar.start_of(**date);
    }
    return instant_of(*value, *type, options);
}

std::string revision_of(JsonValue record, const StreamDefinition& stream,
                        const ReadOptions& options, std::uint64_t position) {
    if (!stream.identity.revision) return position_text(position);
    const auto value = value_at(record, *stream.identity.revision, options);
    std::string revision;
    if (value) {
        revision =
            stated_revision(record, stream, options, position).value_or(std::string(value->text()));
    }
    return fmt::format("{} {}", revision, position_text(position));
}

std::optional<std::string> stated_revision(JsonValue record, const StreamDefinition& stream,
                                           const ReadOptions& options, std::uint64_t position) {
    if (!stream.identity.revision) return position_text(position);
    const FieldPath& path = *stream.identity.revision;
    const auto value = value_at(record, path, options);
    if (!value || value->is(JsonType::object) || value->is(JsonType::array)) return std::nullopt;
    const PayloadType* type = type_at(stream, path);
    if (type && type->kind == PayloadKind::instant) {
        const auto instant = instant_of(*value, *type, options);
        if (!instant) return std::nullopt;
        return fmt::format("{:020}", instant->micros + instant_offset);
    }
    if (type && type->kind == PayloadKind::integer) {
        const auto number = read_integer(*value);
        if (!number.ok() || !*number) return std::nullopt;
        return fmt::format("{:020}", **number + instant_offset);
    }
    return std::string(value->text());
}

std::optional<WideMoney> money_at_risk(JsonValue record, const StreamDefinition& stream,
                                       const ReadOptions& options,
                                       const Currency& client_currency) {
    const auto value =
        stream.at_risk.empty() ? std::nullopt : value_at(record, stream.at_risk, options);
    const PayloadType* type = type_at(stream, stream.at_risk);
    if (!value || !type) return std::nullopt;
    Currency currency = client_currency;
    if (const auto code = currency_at(record, stream, options)) {
        const auto listed = options.currencies.find(*code);
        // What no table knows is money all the same; what can be no code is not.
        const auto stated = listed.ok() ? std::optional(*listed) : Currency::unlisted(*code);
        if (!stated) return std::nullopt;
        currency = *stated;
    }
    std::optional<Money> money;
    if (type->kind == PayloadKind::integer) {
        const auto minor = read_integer(*value);
        const auto made =
            minor.ok() && *minor
                ? Money::from_minor(**minor, currency, currency.minor_digits(stream.minor_digits))
                : Result<Money>(Error{});
        if (made.ok()) money = *made;
    } else {
        const auto amount = read_money(*value, options);
        if (amount.ok() && *amount) money = Money{**amount, currency};
    }
    if (!money) return std::nullopt;
    std::optional<WideMoney> worth = *money;
    if (!stream.at_risk_times.empty()) worth = multiplied(*money, record, stream, options);
    if (worth) worth->amount = worth->amount.magnitude();
    return worth;
}

Digest judgement_digest(const StreamDefinition& stream, const Digest& source_digest,
                        const ReadOptions& options) {
    // The binary's own currencies are never fewer: what was kept by them is kept by later ones.
    const std::string currencies =
        options.currencies.is_standard() ? "" : "\n" + options.currencies.text();
    return sha256(
        fmt::format("{}\n{}{}", stream.contract->digest().hex(), source_digest.hex(), currencies));
}

}  // namespace meshline
