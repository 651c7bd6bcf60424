// The text is a schema, an empty line, and a payload. Holds for every pair: a contract that
// compiles types and judges the payload, the same way twice, within its limits; it is made again
// from its bytes and compared with others; what it does not name is found; and whatever the payload
// holds is read as an annotated value or refused by name.
#include "base/jsonschema/schema_limits.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/diff.hpp"
#include "core/contract/read_value.hpp"
#include "core/contract/unnamed_fields.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace meshline {
namespace {

ReadOptions local_options() {
    ReadOptions options;
    options.zone = Zone::utc();
    options.decimal_mark = ',';
    options.date_order = ReadOptions::DateOrder::day_month_year;
    options.columns = {{"amount", "b"}, {"at", "b"}, {"id", "missing"}};
    options.constants = {{"currency", "EUR"}};
    return options;
}

template <class T>
void check_reading(const Result<T>& read) {
    MESHLINE_CHECK(read.ok() || read.error().code == "contract.unreadable_value");
}

void check_readings(JsonValue value, const ReadOptions& options) {
    check_reading(read_money(value, options));
    check_reading(read_integer(value));
    check_reading(read_boolean(value));
    check_reading(read_instant(value, options));
    check_reading(read_unix(value, 1'000'000));
    check_reading(read_date(value, options));
}

void check_judgement(const Contract& contract, JsonValue payload, const ReadOptions& options) {
    const auto first = contract.judge(payload, options);
    const auto second = contract.judge(payload, options);
    MESHLINE_CHECK(first.size() <= schema_errors_max);
    MESHLINE_CHECK(first.size() == second.size());
    for (std::size_t index = 0; index < first.size(); ++index) {
        MESHLINE_CHECK(first[index].instance_location == second[index].instance_location);
        MESHLINE_CHECK(!first[index].keyword.empty() && !first[index].message.empty());
    }
}

/// A contract differs from the one that takes anything, whichever way, and ends doing so.
void check_diff(const Contract& contract) {
    static const auto compiled = Contract::compile("{}", "anything");
    const Contract& anything = *compiled;
    for (const auto& changes :
         {diff_contracts(anything, contract), diff_contracts(contract, anything)}) {
        for (const ContractChange& change : changes)
            MESHLINE_CHECK(!change.what.empty());
    }
    MESHLINE_CHECK(diff_contracts(contract, contract).empty());
}

void check_unnamed(const Contract& contract, JsonValue payload, const ReadOptions& options) {
    UnnamedFields unnamed(contract.payload_type(), options);
    for (int round = 0; round < 2; ++round) {
        for (const UnnamedFields::Found& one : unnamed.find(payload))
            MESHLINE_CHECK(unnamed.place(one.field).starts_with('/'));
    }
}

void check(std::string_view text) {
    static const ReadOptions plain;
    static const ReadOptions local = local_options();
    const std::size_t border = text.find("\n\n");
    if (border == std::string_view::npos) return;

    static JsonDocument document;
    const auto payload = document.parse(text.substr(border + 2));
    if (payload.ok()) {
        JsonValue value = *payload;
        while (value.size() > 0)
            value = value.first();
        check_readings(value, plain);
        check_readings(value, local);
    }
    const auto contract = Contract::compile(text.substr(0, border), "schema.json");
    if (!contract.ok()) {
        MESHLINE_CHECK((contract.error().code.starts_with("contract.") ||
                        contract.error().code.starts_with("schema.")));
        MESHLINE_CHECK(contract.error().where.line > 0 && contract.error().where.column > 0);
        return;
    }
    MESHLINE_CHECK(!sql_type(contract->payload_type()).empty());
    const auto again = Contract::of_canonical_bytes(contract->canonical_bytes(), "kept");
    MESHLINE_CHECK(again.ok() && again->digest() == contract->digest());
    check_diff(*contract);
    if (!payload.ok()) return;
    check_judgement(*contract, *payload, plain);
    check_judgement(*contract, *payload, local);
    check_unnamed(*contract, *payload, plain);
    check_unnamed(*contract, *payload, local);
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
