#include "base/json/canonical_json.hpp"

#include "base/json/for_each_child.hpp"
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

Frame frame_of(JsonValue container, const std::function<bool(JsonValue)>* is_left_out) {
    const bool is_object = container.is(JsonType::object);
    Frame frame{is_object ? '}' : ']', {}};
    frame.left.reserve(container.size());
    for_each_child(container, [&](JsonValue child) {
        if (!is_object || is_left_out == nullptr || !(*is_left_out)(child))
            frame.left.push_back(child);
    });
    if (is_object) {
        std::ranges::sort(frame.left, std::ranges::greater(), &JsonValue::key);
    } else {
        std::ranges::reverse(frame.left);
    }
    return frame;
}

std::string write_canonical(JsonValue value, const std::function<bool(JsonValue)>* is_left_out) {
    std::string out;
    std::vector<Frame> frames;
    const auto write = [&](JsonValue item) {
        if (item.is(JsonType::string)) {
            append_json_string(out, item.text());
        } else if (item.is(JsonType::object) || item.is(JsonType::array)) {
            out += item.is(JsonType::object) ? '{' : '[';
            frames.push_back(frame_of(item, is_left_out));
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

}  // namespace

std::string canonical_json(JsonValue value) {
    return write_canonical(value, nullptr);
}

std::string canonical_json_without(JsonValue value,
                                   const std::function<bool(JsonValue member)>& is_left_out) {
    return write_canonical(value, &is_left_out);
}

}  // namespace meshline
