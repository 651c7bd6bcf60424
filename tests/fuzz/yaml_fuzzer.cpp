// Holds for every text: it is refused at a line and column, or every node of it has a place, and
// its canonical bytes are JSON.
#include "base/json/json.hpp"
#include "base/yaml/yaml.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {
namespace {

void check_places(const YamlNode& root) {
    std::vector<const YamlNode*> left{&root};
    while (!left.empty()) {
        const YamlNode* node = left.back();
        left.pop_back();
        MESHLINE_CHECK(node->line > 0 && node->column > 0);
        for (const YamlNode& item : node->items)
            left.push_back(&item);
        for (const YamlMember& member : node->members) {
            MESHLINE_CHECK(member.key.kind == YamlKind::scalar);
            left.push_back(&member.key);
            left.push_back(&member.value);
        }
    }
}

void check(std::string_view text) {
    const auto root = parse_yaml(text, "file.yaml");
    if (!root.ok()) {
        MESHLINE_CHECK(root.error().where.line > 0 && root.error().where.column > 0);
        MESHLINE_CHECK(!root.error().message.empty());
        return;
    }
    check_places(*root);
    const std::string canonical = canonical_json(*root);
    JsonDocument document;
    const auto json = document.parse(canonical);
    MESHLINE_CHECK(json.ok());
    MESHLINE_CHECK(canonical_json(*json) == canonical);
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
