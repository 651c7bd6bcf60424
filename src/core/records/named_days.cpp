#include "core/records/named_days.hpp"

#include "core/contract/read_value.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace meshline {
namespace {

bool declares_days(const PayloadType& type) {
    return type.kind == PayloadKind::instant || type.kind == PayloadKind::date ||
           std::ranges::any_of(type.fields, declares_days);
}

/// Walks the type, whose depth its contract bounds, not the record.
class DayReader {
  public:
    DayReader(const ReadOptions& options, const BusinessCalendar& calendar)
        : options_(options), calendar_(calendar) {}

    void read(JsonValue value, const PayloadType& type) {
        if (value.is(JsonType::null)) return;
        switch (type.kind) {
            case PayloadKind::instant:
                return add_instant(value, type);
            case PayloadKind::date:
                return add_date(value);
            case PayloadKind::structure:
                return read_fields(value, type);
            case PayloadKind::list:
                return read_elements(value, type);
            default:
                return;
        }
    }

    /// The root's fields stand under the names that the source gives them.
    void read_record(JsonValue record, const PayloadType& type) {
        if (!record.is(JsonType::object)) return read(record, type);
        for (const PayloadType& field : type.fields) {
            const auto mapped = options_.columns.find(field.name);
            if (mapped == options_.columns.end()) {
                if (const auto value = record.find(field.name)) read(*value, field);
                continue;
            }
            // Where several names contradict each other the record may be of each one's day.
            for (const std::string& name : mapped->second) {
                if (const auto value = record.find(name)) read(*value, field);
            }
        }
    }

    NamedDays take() { return std::move(named_); }

  private:
    void read_fields(JsonValue value, const PayloadType& type) {
        if (!value.is(JsonType::object)) return miss(type);
        for (const PayloadType& field : type.fields) {
            if (const auto member = value.find(field.name)) read(*member, field);
        }
    }

    void read_elements(JsonValue value, const PayloadType& type) {
        if (!value.is(JsonType::array)) return miss(type);
        if (value.size() == 0 || !declares_days(type)) return;
        std::optional<JsonValue> element = value.first();
        for (std::size_t left = value.size(); left > 0; --left) {
            read(*element, type.fields.front());
            if (left > 1) element = element->next();
        }
    }

    /// What stands in the place of something that has days names some that nobody can read.
    void miss(const PayloadType& type) {
        named_.has_unread = named_.has_unread || declares_days(type);
    }

    void add_instant(JsonValue value, const PayloadType& type) {
        const auto instant = type.unix_unit_micros > 0 ? read_unix(value, type.unix_unit_micros)
                                                       : read_instant(value, options_);
        if (!instant.ok()) {
            named_.has_unread = true;
        } else if (*instant) {
            named_.days.insert(calendar_.business_on(**instant));
        }
    }

    void add_date(JsonValue value) {
        const auto date = read_date(value, options_);
        if (!date.ok()) {
            named_.has_unread = true;
        } else if (*date) {
            named_.days.insert(**date);
        }
    }

    const ReadOptions& options_;
    const BusinessCalendar& calendar_;
    NamedDays named_;
};

}  // namespace

std::string NamedDays::text() const {
    std::vector<std::pair<BusinessDate, BusinessDate>> runs;
    for (const BusinessDate day : days) {
        if (!runs.empty() && runs.back().second.days + 1 == day.days) {
            runs.back().second = day;
        } else {
            runs.emplace_back(day, day);
        }
    }
    if (runs.size() > runs_max) runs = {{runs.front().first, runs.back().second}};
    std::string text;
    for (const auto& [first, last] : runs)
        text += fmt::format("{}{} {}", text.empty() ? "" : ",", first.text(), last.text());
    return text;
}

NamedDays named_days(JsonValue record, const PayloadType& type, const ReadOptions& options,
                     const BusinessCalendar& calendar) {
    DayReader reader(options, calendar);
    reader.read_record(record, type);
    return reader.take();
}

}  // namespace meshline
