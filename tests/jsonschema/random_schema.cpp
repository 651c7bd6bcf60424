#include "jsonschema/random_schema.hpp"

#include <array>
#include <fmt/format.h>
#include <functional>
#include <set>
#include <string_view>
#include <vector>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 5> names = {"a", "b", "ab", "ba", "c"};
constexpr std::array<std::string_view, 5> patterns = {"a", "^a", "b$", "^ab$", "c"};
constexpr std::array<std::string_view, 8> numbers = {"0", "1", "2", "2.0", "1.5", "-1", "1e1", "4"};
constexpr std::array<std::string_view, 3> steps = {"1", "2", "0.5"};
constexpr std::array<std::string_view, 7> types = {"null",   "boolean", "integer", "number",
                                                   "string", "array",   "object"};

template <std::size_t size>
std::string_view one_of(SeededRandom& random, const std::array<std::string_view, size>& all) {
    return all[static_cast<std::size_t>(random.below(size))];
}

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", text);
}

/// Writes one schema after another; it calls itself as deep as `levels`.
class SchemaWriter {
  public:
    explicit SchemaWriter(SeededRandom& random) : random_(random) {}

    std::string schema(int levels) {
        if (random_.happens(120)) return random_.happens(700) ? "true" : "false";
        std::string members;
        for (const std::string& member : keywords(levels))
            members += (members.empty() ? "" : ", ") + member;
        return "{" + members + "}";
    }

    std::vector<std::string> keywords(int levels) {
        std::vector<std::string> members;
        std::set<std::string> known;
        const auto count = random_.between(1, 4);
        for (std::int64_t index = 0; index < count; ++index) {
            std::string keyword;
            const std::string value = random_.happens(levels > 0 ? 650 : 0)
                                          ? applicator(levels - 1, keyword)
                                          : assertion(keyword);
            if (known.insert(keyword).second) members.push_back(quoted(keyword) + ": " + value);
        }
        return members;
    }

  private:
    std::string count() { return std::to_string(random_.below(4)); }

    std::string name_list() {
        std::string list = quoted(names[0]);
        if (random_.happens(500)) list = quoted(one_of(random_, names));
        if (random_.happens(300)) list = quoted(names[1]) + ", " + quoted(names[2]);
        return "[" + list + "]";
    }

    std::string assertion(std::string& keyword) {
        static constexpr std::array<std::string_view, 19> all = {"type",
                                                                 "const",
                                                                 "enum",
                                                                 "minimum",
                                                                 "maximum",
                                                                 "multipleOf",
                                                                 "minLength",
                                                                 "maxLength",
                                                                 "pattern",
                                                                 "minItems",
                                                                 "maxItems",
                                                                 "minProperties",
                                                                 "required",
                                                                 "uniqueItems",
                                                                 "dependentRequired",
                                                                 "maxProperties",
                                                                 "type",
                                                                 "exclusiveMinimum",
                                                                 "exclusiveMaximum"};
        keyword = one_of(random_, all);
        if (keyword == "type") {
            return random_.happens(500)
                       ? quoted(one_of(random_, types))
                       : fmt::format("[\"object\", \"array\", {}]",
                                     random_.happens(500) ? "\"integer\"" : "\"string\"");
        }
        if (keyword == "const") return random_instance(random_, 1);
        if (keyword == "enum") {
            return "[" + random_instance(random_, 1) + ", " + random_instance(random_, 1) + "]";
        }
        if (keyword == "multipleOf") return std::string(one_of(random_, steps));
        if (keyword.starts_with("exclusive") || keyword == "minimum" || keyword == "maximum") {
            return std::string(one_of(random_, numbers));
        }
        if (keyword == "pattern") return quoted(one_of(random_, patterns));
        if (keyword == "required") return name_list();
        if (keyword == "uniqueItems") return random_.happens(700) ? "true" : "false";
        if (keyword == "dependentRequired") {
            return "{" + quoted(one_of(random_, names)) + ": " + name_list() + "}";
        }
        return count();
    }

    std::string list(int levels) {
        return "[" + schema(levels) + (random_.happens(600) ? ", " + schema(levels) : "") + "]";
    }

    std::string applicator(int levels, std::string& keyword) {
        static constexpr std::array<std::string_view, 22> all = {"$ref",
                                                                 "allOf",
                                                                 "anyOf",
                                                                 "oneOf",
                                                                 "not",
                                                                 "if",
                                                                 "then",
                                                                 "else",
                                                                 "properties",
                                                                 "properties",
                                                                 "additionalProperties",
                                                                 "patternProperties",
                                                                 "prefixItems",
                                                                 "items",
                                                                 "contains",
                                                                 "minContains",
                                                                 "maxContains",
                                                                 "dependentSchemas",
                                                                 "propertyNames",
                                                                 "unevaluatedProperties",
                                                                 "unevaluatedItems",
                                                                 "properties"};
        keyword = one_of(random_, all);
        if (keyword == "$ref") return quoted(random_.happens(500) ? "#/$defs/x" : "#/$defs/y");
        if (keyword.ends_with("Of") || keyword == "prefixItems") return list(levels);
        if (keyword.ends_with("Contains")) return count();
        const bool is_by_pattern = keyword == "patternProperties";
        if (keyword == "properties" || keyword == "dependentSchemas" || is_by_pattern) {
            const auto name = [&] {
                return quoted(is_by_pattern ? one_of(random_, patterns) : one_of(random_, names));
            };
            const std::string first = name();
            const std::string second = name();
            std::string members = first + ": " + schema(levels);
            if (second != first) members += ", " + second + ": " + schema(levels);
            return "{" + members + "}";
        }
        return schema(levels);
    }

    SeededRandom& random_;
};

}  // namespace

std::string random_schema(SeededRandom& random) {
    SchemaWriter writer(random);
    std::string members =
        fmt::format("\"$defs\": {{\"x\": {}, \"y\": {}}}", writer.schema(2), writer.schema(1));
    for (const std::string& member : writer.keywords(3))
        members += ", " + member;
    return "{" + members + "}";
}

std::string random_instance(SeededRandom& random, int levels) {
    const auto kind = random.below(levels > 0 ? 9 : 5);
    if (kind == 0) return "null";
    if (kind == 1) return random.happens(500) ? "true" : "false";
    if (kind <= 3) return std::string(one_of(random, numbers));
    if (kind == 4) return quoted(one_of(random, names));
    std::string inside;
    std::set<std::string_view> known;
    for (std::int64_t left = random.below(4); left > 0; --left) {
        const std::string_view name = one_of(random, names);
        if (kind > 6 && !known.insert(name).second) continue;
        if (!inside.empty()) inside += ", ";
        if (kind > 6) inside += quoted(name) + ": ";
        inside += random_instance(random, levels - 1);
    }
    return kind > 6 ? "{" + inside + "}" : "[" + inside + "]";
}

}  // namespace meshline
