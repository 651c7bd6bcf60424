#include "stages/capture/preview.hpp"

#include "core/contract/read_value.hpp"
#include "core/records/identify.hpp"
#include "stages/capture/preview_log.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

/// How many of the log's last events are asked for the currencies of the stream.
constexpr Position events_asked_max = 100'000;

/// Seconds that a date-time text says its clock is ahead of UTC; nothing where it says none.
std::optional<std::int64_t> stated_offset(std::string_view text) {
    constexpr std::size_t with_colon = 6;     // +02:00
    constexpr std::size_t without_colon = 5;  // +0200
    const bool has_colon = text.size() > with_colon && text[text.size() - 3] == ':';
    const std::size_t size = has_colon ? with_colon : without_colon;
    if (text.size() <= size || text.find_first_of("T ") == std::string_view::npos) return {};
    const std::string_view offset = text.substr(text.size() - size);
    if (offset[0] != '+' && offset[0] != '-') return {};
    int hours = 0;
    int minutes = 0;
    const char* const end = offset.data() + offset.size();
    if (std::from_chars(offset.data() + 1, offset.data() + 3, hours).ptr != offset.data() + 3)
        return {};
    if (std::from_chars(end - 2, end, minutes).ptr != end) return {};
    const std::int64_t seconds = (hours * 60 + minutes) * std::int64_t{60};
    return offset[0] == '-' ? -seconds : seconds;
}

/// Looks at the records on their way.
class PreviewedRecords {
  public:
    explicit PreviewedRecords(const CaptureRequest& request)
        : request_(request),
          read_(request.source.read.at(request.stream.name)),
          zone_(read_.zone ? *read_.zone : request.client.calendar.zone()),
          calendar_(zone_, 0) {
        for (const PayloadType& field : request.stream.contract->payload_type().fields) {
            if (field.kind == PayloadKind::money) money_fields_.push_back(field.name);
        }
    }

    void take(const EventDraft& draft) {
        if (draft.verdict != Verdict::kept) return;
        const auto record = document_.parse(draft.payload, request_.stream.duplicate_keys);
        if (!record.ok()) return;
        ++preview.kept;
        const BusinessDate day = calendar_.business_on(draft.occurred_at);
        preview.first_on = std::min(preview.first_on.value_or(day), day);
        preview.last_on = std::max(preview.last_on.value_or(day), day);
        const std::optional<BusinessDate>& starts_on = request_.client.starts_on;
        if (starts_on && day < *starts_on) ++before_start_;
        if (draft.occurred_at > draft.received_at) ++ahead_;
        take_offset(*record, draft.occurred_at);
        const std::string currency = currency_of(*record);
        ++preview.currencies[currency];
        for (const std::string& field : money_fields_)
            add_money(*record, field, currency);
    }

    std::string currency_of(JsonValue record) const {
        static const FieldPath usual = {"currency"};
        const FieldPath& path =
            request_.stream.at_risk_currency.empty() ? usual : request_.stream.at_risk_currency;
        const auto constant = read_.constants.find(path.front());
        if (path.size() == 1 && constant != read_.constants.end()) return constant->second;
        const auto code = value_at(record, path, read_);
        if (!code || !code->is(JsonType::string)) return "";
        const auto currency = Currency::from_code(code->text());
        return currency.ok() ? std::string(currency->code()) : "";
    }

    /// `known` are the currencies that records of the stream had so far.
    void judge(const std::set<std::string>& known) {
        preview.zone = zone_.name();
        const CaptureReport& report = preview.report;
        if (report.failed * 2 > report.records) {
            add("mostly_failed", fmt::format("{} of {} records break the contract of {}",
                                             report.failed, report.records, name()));
        }
        for (const auto& [currency, count] : preview.currencies) {
            const bool is_usual = currency.empty() || known.contains(currency) ||
                                  currency == request_.client.currency.code();
            if (is_usual) continue;
            add("other_currency",
                fmt::format("{} record{} in {}: {} reports in {}, and {} had no {} so far", count,
                            count == 1 ? " is" : "s are", currency, request_.client.id.text(),
                            request_.client.currency.code(), name(), currency));
        }
        if (other_offsets_ * 2 > offsets_) {
            add("other_offset",
                fmt::format("{} of {} times are written by a clock that is not that of {}, as {}",
                            other_offsets_, offsets_, zone_.name(), offset_text(other_offset_)));
        }
        if (before_start_ > 0) {
            add("before_start",
                fmt::format("{} of {} records happened before {}, the first day of {}",
                            before_start_, preview.kept, request_.client.starts_on->text(),
                            request_.client.id.text()));
        }
        if (ahead_ > 0) {
            add("ahead", fmt::format("{} of {} records are dated ahead of now, the last on {}",
                                     ahead_, preview.kept, preview.last_on->text()));
        }
    }

    CapturePreview preview;

  private:
    std::string name() const { return request_.source.head.name + "/" + request_.stream.name; }

    void add(const char* code, std::string message) {
        preview.misfits.push_back({code, std::move(message)});
    }

    static std::string offset_text(std::int64_t seconds) {
        const std::int64_t minutes = std::abs(seconds) / 60;
        return fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }

    void take_offset(JsonValue record, Instant occurred_at) {
        const auto value = value_at(record, request_.stream.occurred_at, read_);
        if (!value || !value->is(JsonType::string)) return;
        const auto offset = stated_offset(value->text());
        // UTC is how systems write times, wherever they stand.
        if (!offset || *offset == 0) return;
        ++offsets_;
        constexpr std::int64_t micros_per_second = 1'000'000;
        const std::int64_t of_zone =
            (zone_.local_micros(occurred_at) - occurred_at.micros) / micros_per_second;
        if (of_zone == *offset) return;
        ++other_offsets_;
        other_offset_ = *offset;
    }

    void add_money(JsonValue record, const std::string& field, const std::string& currency) {
        const auto value = value_at(record, {field}, read_);
        if (!value) return;
        const auto amount = read_money(*value, read_);
        if (!amount.ok() || !*amount) return;
        WideDecimal& sum = preview.sums[{field, currency}];
        const auto added = sum.plus(**amount);
        if (added.ok()) sum = *added;
    }

    const CaptureRequest& request_;
    const ReadOptions& read_;
    const Zone zone_;
    const BusinessCalendar calendar_;
    std::vector<std::string> money_fields_;
    JsonDocument document_;
    std::int64_t before_start_ = 0;
    std::int64_t ahead_ = 0;
    std::int64_t offsets_ = 0;
    std::int64_t other_offsets_ = 0;
    std::int64_t other_offset_ = 0;
};

/// Of the stream's last records.
Result<std::set<std::string>> known_currencies(EventLog& log, const CaptureRequest& request,
                                               const PreviewedRecords& records) {
    std::set<std::string> known;
    MESHLINE_ASSIGN(const LogHead head, log.head(request.client.id));
    const Position from =
        head.position > events_asked_max ? head.position - events_asked_max + 1 : 1;
    MESHLINE_ASSIGN(const auto cursor, log.read(request.client.id, from, head.position));
    JsonDocument document;
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool has_more, cursor->next(event));
        if (!has_more) return known;
        const bool is_of_stream =
            event.source == request.source.head.name && event.stream == request.stream.name;
        if (!is_of_stream || event.verdict != Verdict::kept) continue;
        const auto record = document.parse(event.payload, request.stream.duplicate_keys);
        if (record.ok()) known.insert(records.currency_of(*record));
    }
}

}  // namespace

Result<CapturePreview> preview_capture(CaptureContext& context, CaptureRequest request) {
    request.mode = CaptureMode::preview;
    request.is_again = true;
    PreviewedRecords records(request);
    PreviewLog log(context.log, [&](const EventDraft& draft) { records.take(draft); });
    CaptureContext previewed{log, context.control, context.files, context.clock, context.progress};
    MESHLINE_ASSIGN(records.preview.report, capture(previewed, request));
    MESHLINE_ASSIGN(const auto known, known_currencies(context.log, request, records));
    records.judge(known);
    return std::move(records.preview);
}

}  // namespace meshline
