#include "base/json/json_pointer.hpp"

#include <algorithm>
#include <charconv>

namespace meshline {

std::string pointer_step(std::string_view name) {
    std::string escaped = "/";
    for (const char byte : name) {
        if (byte == '~') {
            escaped += "~0";
        } else if (byte == '/') {
            escaped += "~1";
        } else {
            escaped += byte;
        }
    }
    return escaped;
}

std::vector<std::string> pointer_steps(std::string_view pointer) {
    std::vector<std::string> steps;
    for (std::size_t at = 0; at < pointer.size(); ++at) {
        if (pointer[at] == '/') {
            steps.emplace_back();
        } else if (steps.empty()) {
            continue;
        } else if (pointer[at] == '~' && at + 1 < pointer.size()) {
            steps.back() += pointer[++at] == '1' ? '/' : '~';
        } else {
            steps.back() += pointer[at];
        }
    }
    return steps;
}

std::optional<JsonValue> child_at(JsonValue value, std::string_view step) {
    if (value.is(JsonType::object)) return value.find(step);
    if (!value.is(JsonType::array)) return std::nullopt;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    if (error != std::errc{} || end != step.data() + step.size() || index >= value.size()) {
        return std::nullopt;
    }
    JsonValue element = value.first();
    while (index-- > 0)
        element = element.next();
    return element;
}

JsonValue nearest_at(JsonValue root, std::string_view pointer) {
    for (const std::string& step : pointer_steps(pointer)) {
        const auto inside = child_at(root, step);
        if (!inside) break;
        root = *inside;
    }
    return root;
}

}  // namespace meshline
