#include "stages/capture/previewed_bookings.hpp"

#include "core/stage/stream_transforms.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

// One batch of the program, as large as those of a run.
constexpr std::int64_t batch_records_max = 20'000;
constexpr std::size_t batch_bytes_max = 32u << 20;

/// Everything that carries money, entries and records side by side.
constexpr const char* booked_sql = R"(
with booked as (
    select entry_type as type, currency, business_on, amount, position from entries
    union all
    select record_type as type, currency, business_on, amount, position from records
    where amount is not null and currency is not null
) )";

}  // namespace

Result<PreviewedBookings> PreviewedBookings::open(TransformEngine& engine, Warehouse& scratch,
                                                  const ClientDefinition& client,
                                                  const SourceDefinition& source,
                                                  const StreamDefinition& stream) {
    MESHLINE_ASSIGN(auto program, engine.compile(transforms_of(client, source, stream)));
    return PreviewedBookings(scratch, std::move(program), client.starts_on.value_or(date_min));
}

Result<void> PreviewedBookings::add(Event event, JsonValue record) {
    event.position = ++count_;
    payload_bytes_ += event.payload.size();
    MESHLINE_TRY(program_->add(event, record));
    const bool is_full = program_->size() >= batch_records_max || payload_bytes_ >= batch_bytes_max;
    return is_full ? book() : Result<void>();
}

Result<void> PreviewedBookings::book() {
    payload_bytes_ = 0;
    if (program_->size() == 0) return {};
    MESHLINE_ASSIGN(const TransformOutput output, program_->run());
    for (const auto& rows : output.batches)
        MESHLINE_TRY(scratch_->load(*rows));
    records_.failed += static_cast<std::int64_t>(output.failures.size());
    if (!output.failures.empty() && records_.first_failure.empty())
        records_.first_failure = output.failures.front().error.message;
    return {};
}

Result<BookedRecords> PreviewedBookings::finish() {
    MESHLINE_TRY(book());
    const std::string booked = booked_sql;
    MESHLINE_ASSIGN(const Rows types,
                    scratch_->query(booked + "select type, currency, min(business_on),"
                                             " max(business_on), sum(cast(amount as"
                                             " decimal(38, 6))) from booked"
                                             " group by all order by all"));
    for (std::size_t row = 0; row < types.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate first, BusinessDate::parse(types.text(row, 2)));
        MESHLINE_ASSIGN(const BusinessDate last, BusinessDate::parse(types.text(row, 3)));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(types.text(row, 4), Rounding::exact));
        records_.booked.push_back({std::string(types.text(row, 0)), std::string(types.text(row, 1)),
                                   first, last, amount});
    }
    MESHLINE_ASSIGN(const Rows currencies,
                    scratch_->query(booked + "select currency, count(distinct position)"
                                             " from booked group by all order by all"));
    for (std::size_t row = 0; row < currencies.rows.size(); ++row) {
        records_.currencies.push_back(
            {std::string(currencies.text(row, 0)), currencies.integer(row, 1)});
    }
    MESHLINE_ASSIGN(const Rows early,
                    scratch_->query(booked + fmt::format("select count(distinct position)"
                                                         " from booked"
                                                         " where business_on < date '{}'",
                                                         starts_on_.text())));
    records_.before_start = early.integer(0, 0);
    count_ = 0;
    MESHLINE_TRY(scratch_->reset());
    return std::exchange(records_, {});
}

}  // namespace meshline
