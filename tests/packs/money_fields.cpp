#include "packs/money_fields.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

constexpr std::string_view heading = "## Money fields";
constexpr std::string_view not_read = "not read: ";
/// Deeper than any contract; a schema that refers to itself ends here.
constexpr int depth_max = 32;

std::set<std::string, std::less<>> types_of(JsonValue schema) {
    std::set<std::string, std::less<>> types;
    const auto type = schema.find("type");
    if (!type) return types;
    if (type->is(JsonType::string)) return {std::string(type->text())};
    auto item = type->size() > 0 ? std::optional(type->first()) : std::nullopt;
    for (std::size_t left = type->size(); left > 0; --left) {
        types.emplace(item->text());
        if (left > 1) item = item->next();
    }
    return types;
}

/// The schema itself or what its "$ref" into the same contract leads to.
JsonValue resolved(JsonValue root, JsonValue schema) {
    constexpr std::string_view prefix = "#/$defs/";
    const auto reference = schema.find("$ref");
    if (!reference || !reference->text().starts_with(prefix)) return schema;
    const auto definitions = root.find("$defs");
    const auto found =
        definitions ? definitions->find(reference->text().substr(prefix.size())) : std::nullopt;
    return found.value_or(schema);
}

bool is_number(std::string_view path, JsonValue schema) {
    if (const auto mark = schema.find("x-meshline"))
        return mark->text() == "money" || mark->text() == "integer";
    const auto types = types_of(schema);
    if (types.contains("number")) return true;
    if (types.contains("integer")) return !types.contains("string");  // Else an id.
    return path.ends_with("_set") && types.contains("string");
}

void collect(JsonValue root, JsonValue written, const std::string& path, int depth,
             std::set<std::string>& fields) {
    if (depth > depth_max || !written.is(JsonType::object)) return;
    const JsonValue schema = resolved(root, written);
    const auto properties = schema.find("properties");
    if ((properties && properties->find("shop_money")) || is_number(path, schema)) {
        fields.insert(path);
        return;
    }
    if (const auto items = schema.find("items"))
        collect(root, *items, path + "[]", depth + 1, fields);
    if (!properties || properties->size() == 0) return;
    JsonValue property = properties->first();
    for (std::size_t left = properties->size(); left > 0; --left) {
        collect(root, property, path + (path.empty() ? "" : ".") + std::string(property.key()),
                depth + 1, fields);
        if (left > 1) property = property.next();
    }
}

/// What stands between backquotes.
std::vector<std::string> quoted(std::string_view cell) {
    std::vector<std::string> names;
    while (true) {
        const auto begin = cell.find('`');
        if (begin == std::string_view::npos) return names;
        const auto end = cell.find('`', begin + 1);
        if (end == std::string_view::npos) return names;
        names.emplace_back(cell.substr(begin + 1, end - begin - 1));
        cell.remove_prefix(end + 1);
    }
}

std::string trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return std::string(text);
}

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    line.remove_prefix(1);
    while (true) {
        const auto end = line.find('|');
        if (end == std::string_view::npos) return cells;
        cells.push_back(trimmed(line.substr(0, end)));
        line.remove_prefix(end + 1);
    }
}

}  // namespace

std::set<std::string> number_fields(JsonValue contract) {
    std::set<std::string> fields;
    collect(contract, contract, "", 0, fields);
    return fields;
}

std::vector<MoneyDecision> money_decisions(std::string_view readme) {
    std::vector<MoneyDecision> decisions;
    bool is_inside = false;
    int number = 0;
    while (!readme.empty()) {
        const auto end = std::min(readme.find('\n'), readme.size() - 1);
        std::string_view line = readme.substr(0, end + 1);
        readme.remove_prefix(end + 1);
        ++number;
        if (line.ends_with('\n')) line.remove_suffix(1);
        if (line.starts_with("## ")) is_inside = line == heading;
        if (!is_inside || !line.starts_with('|')) continue;
        const auto cells = cells_of(line);
        // The table's head names no stream.
        if (cells.size() != 3 || quoted(cells[0]).empty()) continue;
        decisions.push_back({quoted(cells[0]), quoted(cells[1]), cells[2], number});
    }
    return decisions;
}

std::vector<std::string> money_problems(
    const std::vector<MoneyDecision>& decisions,
    const std::map<std::string, std::set<std::string>>& contracts) {
    std::vector<std::string> problems;
    std::set<std::pair<std::string, std::string>> decided;
    for (const MoneyDecision& row : decisions) {
        if (row.decision.empty() || row.fields.empty())
            problems.push_back(fmt::format("line {} decides nothing", row.line));
        const bool is_absent = row.decision.starts_with(not_read);
        for (const std::string& stream : row.streams) {
            const auto contract = contracts.find(stream);
            if (contract == contracts.end()) {
                problems.push_back(fmt::format("line {}: no stream \"{}\"", row.line, stream));
                continue;
            }
            for (const std::string& field : row.fields) {
                if (!decided.emplace(stream, field).second)
                    problems.push_back(fmt::format("{}: {} is decided twice", stream, field));
                if (contract->second.contains(field) != is_absent) continue;
                problems.push_back(fmt::format("{}: {} is {}", stream, field,
                                               is_absent ? "not read, and the contract has it"
                                                         : "decided, and the contract lacks it"));
            }
        }
    }
    for (const auto& [stream, fields] : contracts) {
        for (const std::string& field : fields) {
            if (!decided.contains({stream, field}))
                problems.push_back(fmt::format("{}: {} is not decided", stream, field));
        }
    }
    std::sort(problems.begin(), problems.end());
    return problems;
}

}  // namespace meshline
