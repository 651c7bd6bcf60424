#include "operate/demo/records.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

namespace meshline {
namespace {

/// A line of the statement; `payout_ref` is empty where the money is not the processor's.
struct BankLine {
    BusinessDate booked_on;
    std::string text;
    std::string payout_ref;
    std::int64_t amount;
};

/// How a country's banks write.
struct BankDialect {
    const char* heading;
    char separator;
    char decimal_mark;
    char group_mark;
    const char* payout_text;
    std::array<const char*, 3> debit_texts;
};

BankDialect dialect_of(const Trade& trade) {
    if (trade.profile.currency == "EUR") {
        return {.heading = "Buchungstag;Verwendungszweck;Kundenreferenz;Betrag;Währung",
                .separator = ';',
                .decimal_mark = ',',
                .group_mark = '.',
                .payout_text = "STRIPE AUSZAHLUNG",
                .debit_texts = {"Miete Lager", "DHL Paket", "Großhandel Nord"}};
    }
    if (trade.profile.currency == "JPY") {
        return {.heading = "取引日,摘要,照会番号,金額,通貨",
                .separator = ',',
                .decimal_mark = '.',
                .group_mark = ',',
                .payout_text = "ストライプ 入金",
                .debit_texts = {"倉庫賃料", "ヤマト運輸", "仕入先"}};
    }
    return {.heading = "Date,Description,Reference,Amount,Currency",
            .separator = ',',
            .decimal_mark = '.',
            .group_mark = ',',
            .payout_text = "STRIPE TRANSFER",
            .debit_texts = {"Warehouse rent", "UPS shipping", "Roastery supplies"}};
}

std::string date_text(const Trade& trade, BusinessDate date) {
    const char* form = trade.profile.currency == "EUR"   ? "{2:02}.{1:02}.{0}"
                       : trade.profile.currency == "JPY" ? "{0}-{1:02}-{2:02}"
                                                         : "{1:02}/{2:02}/{0}";
    return fmt::format(fmt::runtime(form), date.year(), date.month(), date.day());
}

/// "-1,234.50" with the dialect's marks.
std::string bank_amount(const Trade& trade, const BankDialect& dialect, std::int64_t minor) {
    const std::string plain = amount_text(trade, minor < 0 ? -minor : minor);
    const std::size_t whole = std::min(plain.find('.'), plain.size());
    std::string text = minor < 0 ? "-" : "";
    for (std::size_t index = 0; index < plain.size(); ++index) {
        if (index < whole && index > 0 && (whole - index) % 3 == 0) text += dialect.group_mark;
        text += plain[index] == '.' ? dialect.decimal_mark : plain[index];
    }
    return text;
}

/// Payouts as they arrive, and what the shop pays: rent on the first of the month, carriers on
/// Tuesdays, goods on Thursdays.
std::vector<BankLine> bank_lines(const Trade& trade, const BankDialect& dialect) {
    constexpr int tuesday = 1;
    constexpr int thursday = 3;
    std::vector<BankLine> lines;
    for (const TradePayout& payout : trade.payouts) {
        lines.push_back({payout.arrival_on, dialect.payout_text, payout.id, payout.amount});
    }
    const std::int64_t unit = trade.profile.products.front().price;
    for (int day = 0; day < demo_day_count; ++day) {
        const BusinessDate date = trade.date_of(day);
        if (date.day() == 1) lines.push_back({date, dialect.debit_texts[0], "", -unit * 180});
        if (date.weekday() == tuesday) {
            lines.push_back({date, dialect.debit_texts[1], "", -unit * (31 + day % 5)});
        }
        if (date.weekday() == thursday) {
            lines.push_back({date, dialect.debit_texts[2], "", -unit * (92 + day % 7)});
        }
    }
    std::sort(lines.begin(), lines.end(), [](const BankLine& left, const BankLine& right) {
        return std::tie(left.booked_on, left.text, left.payout_ref) <
               std::tie(right.booked_on, right.text, right.payout_ref);
    });
    return lines;
}

std::string field(std::string text, char separator) {
    return text.find(separator) == std::string::npos ? text : '"' + text + '"';
}

}  // namespace

std::string write_bank_statement(const Trade& trade, const ExportWindow& window) {
    const BankDialect dialect = dialect_of(trade);
    std::string text = std::string(dialect.heading) + "\r\n";
    for (const BankLine& line : bank_lines(trade, dialect)) {
        // The statement of a day is there when the day is over.
        if (!window.holds(trade.calendar.start_of({line.booked_on.days + 1}))) continue;
        const std::array fields = {date_text(trade, line.booked_on), line.text, line.payout_ref,
                                   bank_amount(trade, dialect, line.amount),
                                   trade.profile.currency};
        for (std::size_t index = 0; index < fields.size(); ++index) {
            if (index > 0) text += dialect.separator;
            text += field(fields[index], dialect.separator);
        }
        text += "\r\n";
    }
    return text;
}

}  // namespace meshline
