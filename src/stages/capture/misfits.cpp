#include "stages/capture/misfits.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>

namespace meshline {
namespace {

std::string offset_text(std::int64_t seconds) {
    const std::int64_t minutes = std::abs(seconds) / 60;
    return fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/// How many records state each currency or book something in it.
std::map<std::string, std::int64_t> currencies_of(const LookedAt& looked) {
    std::map<std::string, std::int64_t> currencies = looked.records.currencies;
    for (const BookedCurrency& booked : looked.booked.currencies) {
        std::int64_t& count = currencies[booked.currency];
        count = std::max(count, booked.records);
    }
    return currencies;
}

class Misfits {
  public:
    Misfits(const CaptureRequest& request, const CaptureReport& report, const LookedAt& found,
            const LookedAt& known)
        : request_(request), report_(report), found_(found), known_(known) {}

    std::vector<Misfit> find() {
        judge_outcomes();
        judge_currencies();
        judge_clock();
        for (const auto& [field, values] : found_.records.places)
            judge_place(field, values);
        judge_days();
        return std::move(misfits_);
    }

  private:
    std::string stream() const { return request_.source.head.name + "/" + request_.stream.name; }
    std::string client() const { return request_.client.id.text(); }
    void add(const char* code, std::string message) {
        misfits_.push_back({code, std::move(message)});
    }

    void judge_outcomes() {
        if (report_.failed * 2 > report_.records) {
            add("mostly_failed", fmt::format("{} of {} records break the contract of {}",
                                             report_.failed, report_.records, stream()));
        }
        if (found_.booked.failed > 0) {
            add("not_booked",
                fmt::format("{} of {} records cannot be booked: {}", found_.booked.failed,
                            found_.records.kept, found_.booked.first_failure));
        }
    }

    void judge_currencies() {
        const auto known = currencies_of(known_);
        const std::string usual(request_.client.currency.code());
        for (const auto& [currency, count] : currencies_of(found_)) {
            if (currency.empty() || currency == usual || known.contains(currency)) continue;
            add("other_currency",
                fmt::format("{} record{} in {}: {} reports in {}, and {} had no {} so far", count,
                            count == 1 ? " is" : "s are", currency, client(), usual, stream(),
                            currency));
        }
    }

    void judge_clock() {
        const PreviewedRecords& records = found_.records;
        if (records.other_offsets * 2 <= records.offsets) return;
        add("other_offset",
            fmt::format("{} of {} times are written by a clock that is not that of {}, as {}",
                        records.other_offsets, records.offsets, records.zone().name(),
                        offset_text(records.other_offset)));
    }

    /// A shop sells abroad now and then; a file most of which names places that were never there
    /// looks like one of another shop.
    void judge_place(const std::string& field, const std::map<std::string, std::int64_t>& values) {
        const bool is_zone = is_zone_field(field);
        const auto known = known_.records.places.find(field);
        const bool is_known = known != known_.records.places.end();
        // What a stream's zone is its source says; what its countries are only its records do.
        if (!is_known && !is_zone) return;
        std::int64_t all = 0;
        std::int64_t others = 0;
        std::pair<std::int64_t, std::string> most;
        for (const auto& [value, count] : values) {
            all += count;
            const bool is_usual = (is_known && known->second.contains(value)) ||
                                  (is_zone && value == found_.records.zone().name());
            if (is_usual) continue;
            others += count;
            most = std::max(most, {count, value});
        }
        if (others * 2 <= all) return;
        add(is_zone ? "other_zone" : "other_country",
            fmt::format("{} of {} records have a {} that {} had not so far, as \"{}\"", others, all,
                        field, stream(), most.second));
    }

    void judge_days() {
        const PreviewedRecords& records = found_.records;
        const std::int64_t before_start =
            std::max(records.before_start, found_.booked.before_start);
        if (before_start > 0) {
            add("before_start",
                fmt::format("{} of {} records happened before {}, the first day of {}",
                            before_start, records.kept, request_.client.starts_on->text(),
                            client()));
        }
        if (known_.records.first_on) {
            const BusinessDate first = *known_.records.first_on;
            const BusinessDate last = *known_.records.last_on;
            std::int64_t far = 0;
            for (const auto& [day, count] : records.days) {
                const bool is_far =
                    first.days - day.days > days_apart_max || day.days - last.days > days_apart_max;
                if (is_far) far += count;
            }
            if (far > 0) {
                add("far_days",
                    fmt::format("{} of {} records are more than a year away from those that {} has,"
                                " of {} to {}",
                                far, records.kept, stream(), first.text(), last.text()));
            }
        }
        if (records.ahead > 0) {
            add("ahead", fmt::format("{} of {} records are dated ahead of now, the last on {}",
                                     records.ahead, records.kept, records.last_on->text()));
        }
    }

    const CaptureRequest& request_;
    const CaptureReport& report_;
    const LookedAt& found_;
    const LookedAt& known_;
    std::vector<Misfit> misfits_;
};

}  // namespace

std::vector<Misfit> misfits(const CaptureRequest& request, const CaptureReport& report,
                            const LookedAt& found, const LookedAt& known) {
    return Misfits(request, report, found, known).find();
}

}  // namespace meshline
