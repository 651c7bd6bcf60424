#include "stages/normalize/batch.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace meshline {

void LogBatch::add(const Event& event) {
    Event& copy = events.emplace_back(event);
    std::string_view* texts[] = {&copy.source, &copy.stream, &copy.event_id, &copy.object_id,
                                 &copy.payload};
    std::size_t size = 0;
    for (const std::string_view* text : texts)
        size += text->size();
    char* into = storage.emplace_back(new char[size]).get();
    for (std::string_view* text : texts) {
        std::memcpy(into, text->data(), text->size());
        *text = std::string_view(into, text->size());
        into += text->size();
    }
    payload_bytes += event.payload.size();
}

bool LogBatch::is_full(std::size_t events_max) const {
    return events.size() >= events_max || payload_bytes >= batch_payload_bytes;
}

void Drift::add(const Event& event, std::string_view what) {
    if (event_count++ > 0) return;
    position = event.position;
    received_at = event.received_at;
    object_id = event.object_id;
    found = what;
}

void Drift::add(const Drift& other) {
    const std::int64_t count = event_count + other.event_count;
    if (event_count == 0 || other.position < position) *this = other;
    event_count = count;
}

void NormalizedBatch::absorb(NormalizedBatch next) {
    last = next.last;
    std::ranges::move(next.rows, std::back_inserter(rows));
    std::ranges::move(next.revised, std::back_inserter(revised));
    std::ranges::move(next.rejected, std::back_inserter(rejected));
    std::ranges::move(next.lacked, std::back_inserter(lacked));
    std::ranges::move(next.identities, std::back_inserter(identities));
    for (const auto& [key, count] : next.days) {
        days[key].events += count.events;
        days[key].records += count.records;
    }
    for (const auto& [key, one] : next.drift)
        drift[key].add(one);
}

std::int64_t NormalizedBatch::row_count() const {
    std::int64_t count = 0;
    for (const auto& batch : rows)
        count += batch->row_count();
    return count;
}

}  // namespace meshline
