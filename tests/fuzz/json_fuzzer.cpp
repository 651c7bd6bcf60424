// Holds for every text: it is refused inside itself or read to its last byte; what is read walks in
// range, is JSON to simdjson too, and has canonical bytes that are canonical.
#include "base/json/json.hpp"

#include <cstddef>
#include <cstdint>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {
namespace {

void check_values(JsonValue root, std::string_view text) {
    std::vector<JsonValue> left{root};
    while (!left.empty()) {
        const JsonValue value = left.back();
        left.pop_back();
        MESHLINE_CHECK(value.offset() + value.raw().size() <= text.size());
        MESHLINE_CHECK(value.raw() == text.substr(value.offset(), value.raw().size()));
        MESHLINE_CHECK(!value.is(JsonType::number) || is_json_number(value.raw()));
        MESHLINE_CHECK(value.text().size() <= value.raw().size());
        if (value.size() == 0) continue;
        JsonValue child = value.first();
        for (std::size_t index = 0;; child = child.next()) {
            left.push_back(child);
            MESHLINE_CHECK(!value.is(JsonType::object) ||
                           value.find(child.key())->offset() == child.offset());
            if (++index == value.size()) break;
        }
    }
}

void check_with_simdjson(std::string_view text) {
    static simdjson::dom::parser parser;
    const simdjson::padded_string padded(text);
    const auto code = parser.parse(padded).error();
    // Numbers too large for its types are the one thing that simdjson refuses and we keep.
    MESHLINE_CHECK(code == simdjson::SUCCESS || code == simdjson::NUMBER_ERROR);
}

void check(std::string_view text) {
    static JsonDocument document;
    const auto root = document.parse(text);
    if (!root.ok()) {
        MESHLINE_CHECK(root.error().where.offset >= 0);
        MESHLINE_CHECK(root.error().where.offset <= static_cast<std::int64_t>(text.size()));
        return;
    }
    check_values(*root, text);
    check_with_simdjson(text);
    const std::string canonical = canonical_json(*root);
    const auto again = document.parse(canonical);
    MESHLINE_CHECK(again.ok());
    MESHLINE_CHECK(canonical_json(*again) == canonical);
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
