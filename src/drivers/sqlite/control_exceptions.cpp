#include "base/json/json.hpp"
#include "base/text/shorten.hpp"
#include "drivers/sqlite/control_damage.hpp"
#include "drivers/sqlite/exception_claims.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string encode_pairs(const Pairs& pairs) {
    JsonWriter writer;
    writer.begin_array();
    for (const auto& [name, text] : pairs) {
        writer.begin_array().string(name).string(text).end_array();
    }
    return writer.end_array().take();
}

bool is_pair(JsonValue item) {
    if (!item.is(JsonType::array) || item.size() != 2) return false;
    const JsonValue name = item.first();
    return name.is(JsonType::string) && name.next().is(JsonType::string);
}

/// Pairs are for people, and 0.1.0 could store texts that are no UTF-8: what cannot be read is
/// shown as it is stored, and the list goes on.
Pairs decode_pairs(std::string_view json) {
    const Pairs unreadable = {{"unreadable", valid_utf8(json)}};
    JsonDocument document;
    const auto root = document.parse(json);
    if (!root.ok() || !root->is(JsonType::array)) return unreadable;
    Pairs pairs;
    if (root->size() == 0) return pairs;
    JsonValue item = root->first();
    for (std::size_t index = 0; index < root->size(); ++index) {
        if (index > 0) item = item.next();
        if (!is_pair(item)) return unreadable;
        const JsonValue name = item.first();
        pairs.emplace_back(name.text(), name.next().text());
    }
    return pairs;
}

std::string encode_doubts(const std::vector<Doubt>& doubts) {
    JsonWriter writer;
    writer.begin_array();
    for (const Doubt& doubt : doubts) {
        writer.begin_array().string(doubt.book);
        writer.string(doubt.from.text()).string(doubt.to.text()).end_array();
    }
    return writer.end_array().take();
}

Error no_doubts(std::string_view json) {
    return Error{.message = fmt::format("\"{}\" is no list of doubts", shortened(json, 80))};
}

Result<std::vector<Doubt>> decode_doubts(std::string_view json) {
    JsonDocument document;
    MESHLINE_ASSIGN(const JsonValue root, document.parse(json));
    std::vector<Doubt> doubts;
    if (!root.is(JsonType::array)) return no_doubts(json);
    if (root.size() == 0) return doubts;
    JsonValue item = root.first();
    for (std::size_t index = 0; index < root.size(); ++index) {
        if (index > 0) item = item.next();
        if (!item.is(JsonType::array) || item.size() != 3) return no_doubts(json);
        const JsonValue book = item.first();
        const JsonValue first = book.next();
        MESHLINE_ASSIGN(const BusinessDate from, BusinessDate::parse(first.text()));
        MESHLINE_ASSIGN(const BusinessDate to, BusinessDate::parse(first.next().text()));
        doubts.push_back({std::string(book.text()), from, to});
    }
    return doubts;
}

/// Integers of 128 bits are kept as text. What amounts are ordered by has as many digits as the
/// largest has, so that the text of the larger amount is the larger text: its minor units.
std::string order_of(const WideMoney& money) {
    std::int64_t micros_per_unit = WideDecimal::scale;
    for (int digit = 0; digit < money.currency.minor_digits(); ++digit)
        micros_per_unit /= 10;
    return fmt::format("{:039}", money.amount.magnitude().micros() / micros_per_unit);
}

Result<WideDecimal> amount_of(const std::string& micros) {
    return WideDecimal::parse(micros + "e-6", Rounding::exact);
}

ExceptionId id_of(const ClientId& client, const Finding& finding) {
    return ExceptionId(
        sha256(fmt::format("{}\n{}\n{}", client.text(), finding.type, finding.key)).brief());
}

/// Two findings with one key would be one exception with two truths. It is our own fault, and this
/// client's run alone must not go on.
Error two_of_one_key(std::string_view stage, const Finding& finding) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "control.duplicate_finding",
                 .message = fmt::format("{} found two things of type \"{}\" with the key \"{}\"",
                                        stage, finding.type, shortened(finding.key, 80)),
                 .hint = "This is a fault of meshline: nothing of this stage was recorded."};
}

std::optional<std::int64_t> days_of(const std::optional<BusinessDate>& date) {
    if (!date) return std::nullopt;
    return date->days;
}

void bind_finding(Statement& statement, const Finding& finding) {
    statement.bind(finding.owner).bind(name_of(finding.severity));
    if (finding.at_risk) {
        statement.bind(fmt::format("{}", finding.at_risk->amount.micros()))
            .bind(order_of(*finding.at_risk))
            .bind(finding.at_risk->currency.code());
    } else {
        statement.bind_null().bind_null().bind_null();
    }
    statement.bind(days_of(finding.from))
        .bind(days_of(finding.to))
        .bind(encode_doubts(finding.doubts))
        .bind(finding.title)
        .bind(encode_pairs(finding.evidence))
        .bind(encode_pairs(finding.fixes))
        .bind(encode_claims(finding.claims));
}

Result<ExceptionItem> decode_item(const Statement& row) {
    ExceptionItem item;
    item.id = ExceptionId(row.text(0));
    item.client = ClientId(row.text(1));
    item.stage = row.text(2);
    item.finding.type = row.text(3);
    item.finding.key = valid_utf8(row.text(4));
    const auto severity = severity_of(row.text(7));
    if ((row.text(5) != "open" && row.text(5) != "closed") || !severity) {
        return Error{.message = fmt::format("the status \"{}\" with the severity \"{}\" is none",
                                            row.text(5), row.text(7))};
    }
    item.status = row.text(5) == "open" ? ExceptionStatus::open : ExceptionStatus::closed;
    item.finding.owner = row.text(6);
    item.finding.severity = *severity;
    if (!row.is_null(8)) {
        MESHLINE_ASSIGN(const WideDecimal amount, amount_of(row.text(8)));
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(row.text(9)));
        item.finding.at_risk = WideMoney(amount, currency);
    }
    if (!row.is_null(10)) {
        item.finding.from = BusinessDate{static_cast<std::int32_t>(row.integer(10))};
    }
    if (!row.is_null(11)) {
        item.finding.to = BusinessDate{static_cast<std::int32_t>(row.integer(11))};
    }
    MESHLINE_ASSIGN(item.finding.doubts, decode_doubts(row.text(12)));
    item.finding.title = valid_utf8(row.text(13));
    item.finding.evidence = decode_pairs(row.text(14));
    item.finding.fixes = decode_pairs(row.text(15));
    item.opened_at = Instant{row.integer(16)};
    if (!row.is_null(17)) item.closed_at = Instant{row.integer(17)};
    item.times_opened = static_cast<int>(row.integer(18));
    if (!row.text(19).empty()) {
        MESHLINE_ASSIGN(item.finding.claims, decode_claims(row.text(19)));
    }
    return item;
}

Result<ExceptionItem> read_item(const Statement& row, const std::string& file) {
    auto item = decode_item(row);
    if (item.ok()) return item;
    return control_corrupt(file, fmt::format("the exception \"{}\" cannot be read", row.text(0)))
        .because(std::move(item).error());
}

}  // namespace

Result<SyncCounts> SqliteControl::sync_findings(const ClientId& client, std::string_view stage,
                                                const std::vector<Finding>& findings, Instant at) {
    SyncCounts counts;
    MESHLINE_TRY(database_.transact([&]() -> Result<void> {
        Statement status =
            database_.prepare("select status from exceptions where exception_id = ?");
        Statement insert = database_.prepare(
            "insert into exceptions (owner, severity, at_risk, at_risk_order, currency, from_on,"
            " to_on, doubts, title, evidence, fixes, claims, exception_id, client_id, stage, type,"
            " key,"
            " status, opened_at, times_opened)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, 1)");
        Statement refresh = database_.prepare(
            "update exceptions set owner = ?, severity = ?, at_risk = ?, at_risk_order = ?,"
            " currency = ?, from_on = ?, to_on = ?, doubts = ?, title = ?, evidence = ?, fixes = ?,"
            " claims = ?,"
            " times_opened = times_opened + (status = 'closed'), status = 'open', closed_at = null"
            " where exception_id = ?");
        std::set<std::string> found;
        for (const Finding& finding : findings) {
            const ExceptionId id = id_of(client, finding);
            if (!found.insert(id.text()).second) return two_of_one_key(stage, finding);
            status.reset();
            status.bind(id.text());
            MESHLINE_ASSIGN(const bool is_known, status.step());
            if (!is_known) {
                insert.reset();
                bind_finding(insert, finding);
                insert.bind(id.text()).bind(client.text()).bind(stage);
                insert.bind(finding.type).bind(finding.key).bind(at.micros);
                MESHLINE_TRY(insert.run());
                ++counts.opened;
                continue;
            }
            ++(status.text(0) == "open" ? counts.still_open : counts.reopened);
            refresh.reset();
            bind_finding(refresh, finding);
            refresh.bind(id.text());
            MESHLINE_TRY(refresh.run());
        }
        Statement open = database_.prepare(
            "select exception_id from exceptions where client_id = ? and stage = ?"
            " and status = 'open'");
        open.bind(client.text()).bind(stage);
        std::vector<std::string> healed;
        while (true) {
            MESHLINE_ASSIGN(const bool has_row, open.step());
            if (!has_row) break;
            if (!found.contains(open.text(0))) healed.push_back(open.text(0));
        }
        Statement close = database_.prepare(
            "update exceptions set status = 'closed', closed_at = ? where exception_id = ?");
        for (const std::string& id : healed) {
            close.reset();
            close.bind(at.micros).bind(id);
            MESHLINE_TRY(close.run());
            ++counts.closed;
        }
        return {};
    }));
    return counts;
}

Result<std::vector<ExceptionHome>> SqliteControl::homes_of_open_exceptions() {
    Statement select = database_.prepare(
        "select distinct client_id, stage from exceptions where status = 'open'"
        " order by client_id, stage");
    std::vector<ExceptionHome> homes;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return homes;
        homes.push_back({ClientId(select.text(0)), select.text(1)});
    }
}

Result<std::vector<ExceptionItem>> SqliteControl::exceptions(const ExceptionFilter& filter) {
    Statement select = database_.prepare(
        "select exception_id, client_id, stage, type, key, status, owner, severity, at_risk,"
        " currency, from_on, to_on, doubts, title, evidence, fixes, opened_at, closed_at,"
        " times_opened, case when ?5 then claims else '' end from exceptions"
        " where (?1 is null or client_id = ?1) and (?2 is null or type = ?2)"
        " and (?3 is null or owner = ?3) and (?4 or status = 'open')"
        " order by status desc,"
        " case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end,"
        " at_risk_order is null, at_risk_order desc, client_id, type, key");
    filter.client ? select.bind(filter.client->text()) : select.bind_null();
    filter.type ? select.bind(*filter.type) : select.bind_null();
    filter.owner ? select.bind(*filter.owner) : select.bind_null();
    select.bind(filter.is_closed_too ? 1 : 0).bind(filter.has_claims ? 1 : 0);
    std::vector<ExceptionItem> items;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return items;
        MESHLINE_ASSIGN(ExceptionItem item, read_item(select, database_.file()));
        items.push_back(std::move(item));
    }
}

}  // namespace meshline
