#include "stages/normalize/batch.hpp"

#include <cstring>

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

bool LogBatch::is_full() const {
    return events.size() >= batch_events || payload_bytes >= batch_payload_bytes;
}

}  // namespace meshline
