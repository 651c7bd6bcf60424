#include "base/json/json.hpp"

#include <algorithm>
#include <vector>

namespace meshline {
namespace {

/// A container half written: what is left of it, the next child last.
struct Frame {
    char closing;
    std::vector<JsonValue> left;
};

Frame frame_of(JsonValue container) {
    const bool is_object = container.is(JsonType::object);
    Frame frame{is_object ? '}' : ']', {}};
    frame.left.reserve(container.size());
    for (std::size_t index = 0; index < container.size(); ++index) {
        frame.left.push_back(index == 0 ? container.first() : frame.left.back().next());
    }
    if (is_object) {
        std::ranges::sort(frame.left, std::ranges::greater(), &JsonValue::key);
    } else {
        std::ranges::reverse(frame.left);
    }
    return frame;
}

}  // namespace

std::string canonical_json(JsonValue value) {
    std::string out;
    std::vector<Frame> frames;
    const auto write = [&](JsonValue item) {
        if (item.is(JsonType::string)) {
            append_json_string(out, item.text());
        } else if (item.is(JsonType::object) || item.is(JsonType::array)) {
            out += item.is(JsonType::object) ? '{' : '[';
            frames.push_back(frame_of(item));
        } else {
            out += item.raw();
        }
    };
    write(value);
    while (!frames.empty()) {
        Frame& frame = frames.back();
        if (frame.left.empty()) {
            out += frame.closing;
            frames.pop_back();
            continue;
        }
        const JsonValue child = frame.left.back();
        frame.left.pop_back();
        if (out.back() != '{' && out.back() != '[') out += ',';
        if (frame.closing == '}') {
            append_json_string(out, child.key());
            out += ':';
        }
        write(child);
    }
    return out;
}

}  // namespace meshline
