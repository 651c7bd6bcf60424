#include "stages/normalize/drift.hpp"

#include "base/json/json_pointer.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace meshline {
namespace {

/// Enums list codes, and who extends one needs to know the new one. What is no code may be anything
/// and is shown as its shape.
bool is_code(std::string_view text) {
    constexpr std::size_t letters_max = 40;
    return !text.empty() && text.size() <= letters_max &&
           std::ranges::all_of(text, [](unsigned char byte) {
               return std::isalnum(byte) != 0 || byte == '_' || byte == '-';
           });
}

std::string shown(JsonValue value) {
    if (value.type() >= JsonType::array) return std::string(name_of(value.type()));
    const std::string_view text = value.text();
    return fmt::format("\"{}\"", is_code(text) ? std::string(text) : shape_of(text));
}

}  // namespace

DriftCounter::DriftCounter(const SourceDefinition& source, const StreamDefinition& stream,
                           const ReadOptions& options, const BusinessCalendar& calendar)
    : source_(source),
      stream_(stream),
      calendar_(calendar),
      unnamed_(stream.contract->payload_type(), options),
      object_counts_(unnamed_.object_count()) {}

DriftKey DriftCounter::key_of(const char* kind, std::string place) const {
    return {source_.head.name, stream_.name, kind, std::move(place), day_};
}

void DriftCounter::turn_to_day_of(const Event& event, NormalizedBatch& out) {
    if (received_at_ && received_at_->micros == event.received_at.micros) return;
    const BusinessDate day = calendar_.business_on(event.received_at);
    if (received_at_ && day != day_) finish(out);
    received_at_ = event.received_at;
    day_ = day;
}

void DriftCounter::see_fields(const Event& event, JsonValue payload, NormalizedBatch& out) {
    turn_to_day_of(event, out);
    const std::vector<UnnamedFields::Found>& fields = unnamed_.find(payload);
    if (counts_.size() < unnamed_.size()) counts_.resize(unnamed_.size());
    for (const UnnamedFields::Found& one : fields)
        counts_[one.field].add(event, name_of(one.type));
    for (const std::uint32_t object : unnamed_.objects())
        object_counts_[object].add(event, name_of(JsonType::object));
}

void DriftCounter::see_value(const Event& event, JsonValue payload, const std::string& pointer,
                             std::string place, NormalizedBatch& out) {
    turn_to_day_of(event, out);
    out.drift[key_of("value", std::move(place))].add(event, shown(nearest_at(payload, pointer)));
}

void DriftCounter::finish(NormalizedBatch& out) {
    const auto hand_over = [&](const char* kind, const std::string& place, Drift& count) {
        if (count.event_count == 0) return;
        out.drift[key_of(kind, place)].add(count);
        count = {};
    };
    for (std::uint32_t field = 0; field < counts_.size(); ++field)
        hand_over("field", unnamed_.place(field), counts_[field]);
    for (std::uint32_t object = 0; object < object_counts_.size(); ++object)
        hand_over("object", unnamed_.object_place(object), object_counts_[object]);
}

}  // namespace meshline
