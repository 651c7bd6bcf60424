#include "packs/pack_case.hpp"

#include "base/json/json.hpp"
#include "base/money/decimal.hpp"
#include "base/yaml/yaml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace meshline {
namespace {

constexpr std::array case_keys = {
    "test",    "stream",      "client", "source",      "capture",           "counts",
    "records", "record_sums", "sums",   "touchpoints", "transform_failures"};
constexpr std::array count_keys = {"events", "duplicates", "revisions", "conflicts", "failed"};

Error bad_case(const std::string& file, const YamlNode& node, std::string message) {
    return {.code = "test.bad_case",
            .message = std::move(message),
            .where = {.file = file, .line = node.line, .column = node.column}};
}

std::map<std::string, std::string> texts_of(const YamlNode* node) {
    std::map<std::string, std::string> texts;
    if (!node) return texts;
    for (const YamlMember& member : node->members) {
        if (member.value.kind == YamlKind::scalar) {
            texts[member.key.scalar] = member.value.scalar;
        }
    }
    return texts;
}

std::int64_t number_of(const YamlNode& node) {
    std::int64_t number = -1;
    std::from_chars(node.scalar.data(), node.scalar.data() + node.scalar.size(), number);
    return number;
}

/// The members named and an amount, as one text each.
Result<std::vector<std::string>> read_sums(const YamlNode& node,
                                           const std::vector<std::string>& names,
                                           const std::string& file) {
    std::vector<std::string> sums;
    for (const YamlNode& item : node.items) {
        auto sum = texts_of(&item);
        if (sum.size() != names.size() + 1) {
            return bad_case(file, item,
                            fmt::format("a sum has {} and amount", fmt::join(names, ", ")));
        }
        std::string& text = sums.emplace_back();
        for (const std::string& name : names)
            text += sum[name] + " ";
        MESHLINE_ASSIGN(const Decimal amount, Decimal::parse(sum["amount"], Rounding::exact));
        text += amount.text(6);
    }
    std::sort(sums.begin(), sums.end());
    return sums;
}

Result<void> read_keys(const YamlNode& root, const std::string& file) {
    for (const YamlMember& member : root.members) {
        if (std::find(case_keys.begin(), case_keys.end(), member.key.scalar) == case_keys.end()) {
            return bad_case(file, member.key, "unknown key \"" + member.key.scalar + "\"");
        }
    }
    for (const char* key : {"test", "stream", "client", "capture", "counts", "sums"}) {
        if (!root.find(key)) return bad_case(file, root, fmt::format("no \"{}\"", key));
    }
    for (const char* key : count_keys) {
        if (!root.find("counts")->find(key)) {
            return bad_case(file, *root.find("counts"), fmt::format("no count \"{}\"", key));
        }
    }
    return {};
}

std::string quoted(const std::string& text) {
    std::string json;
    append_json_string(json, text);
    return json;
}

std::string mapping(const std::string& name, const std::string& stream,
                    const std::map<std::string, std::string>& texts) {
    if (texts.empty()) return "";
    std::string yaml = fmt::format("{}:\n  {}:\n", name, stream);
    for (const auto& [field, text] : texts)
        yaml += fmt::format("    {}: {}\n", field, quoted(text));
    return yaml;
}

}  // namespace

Result<PackCase> read_pack_case(const std::string& pack, const std::string& file,
                                const std::string& text) {
    MESHLINE_ASSIGN(const YamlNode root, parse_yaml(text, file));
    MESHLINE_TRY(read_keys(root, file));
    PackCase read{.pack = pack, .file = file, .stream = root.find("stream")->scalar};
    read.client = texts_of(root.find("client"));
    read.source = texts_of(root.find("source"));
    if (const YamlNode* source = root.find("source")) {
        read.columns = texts_of(source->find("columns"));
        read.constants = texts_of(source->find("constants"));
    }
    for (const YamlNode& capture : root.find("capture")->items) {
        std::vector<std::string>& inputs = read.captures.emplace_back();
        for (const YamlNode& input : capture.items)
            inputs.push_back(input.scalar);
    }
    for (const char* key : count_keys)
        read.counts[key] = number_of(*root.find("counts")->find(key));
    if (const YamlNode* records = root.find("records")) read.records = number_of(*records);
    if (const YamlNode* touches = root.find("touchpoints")) read.touchpoints = number_of(*touches);
    if (const YamlNode* failures = root.find("transform_failures")) {
        read.transform_failures = number_of(*failures);
    }
    if (const YamlNode* sums = root.find("record_sums")) {
        MESHLINE_ASSIGN(read.record_sums, read_sums(*sums, {"record_type", "currency"}, file));
    }
    MESHLINE_ASSIGN(read.sums,
                    read_sums(*root.find("sums"), {"entry_type", "business_on", "currency"}, file));
    return read;
}

std::map<std::string, std::string> workspace_of(const PackCase& pack_case) {
    std::string client = "client: shop\nowner: ana\n";
    for (const auto& [key, text] : pack_case.client) {
        client += fmt::format("{}: {}\n", key, key == "cutoff_hour" ? text : quoted(text));
    }
    std::string source = fmt::format("source: source\nowner: ana\npack: {}\nstreams: [{}]\n",
                                     pack_case.pack, pack_case.stream);
    for (const auto& [key, text] : pack_case.source) {
        source += fmt::format("{}: {}\n", key, quoted(text));
    }
    source += mapping("columns", pack_case.stream, pack_case.columns);
    source += mapping("constants", pack_case.stream, pack_case.constants);
    return {{"meshline.yaml", "workspace: pack_test\n"},
            {"owners.yaml", "people:\n  - {id: ana, name: Ana, email: ana@example.test}\n"},
            {"clients/shop/client.yaml", client},
            {"clients/shop/sources/source.yaml", source}};
}

}  // namespace meshline
