#include "drivers/duckdb/fields_read.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <vector>

namespace meshline {
namespace {

constexpr std::string_view payload_name = "payload";

std::vector<std::string> lower_names(JsonValue node, std::string_view member) {
    std::vector<std::string> names;
    if (const auto list = node.find(member)) {
        for_each_child(*list,
                       [&](JsonValue name) { names.push_back(to_lower_ascii(name.text())); });
    }
    return names;
}

/// Names that stand for whole rows: of tables, their aliases and CTEs. Bounded: a JsonDocument has
/// JsonDocument::depth_max levels at most, here and below.
void add_row_names(JsonValue node, std::set<std::string>& names) {
    if (node.is(JsonType::object) && text_of(node, "class").empty()) {
        for (const std::string_view member : {"alias", "table_name", "key"}) {
            const std::string_view name = text_of(node, member);
            if (!name.empty()) names.insert(to_lower_ascii(name));
        }
    }
    if (node.size() > 0) {
        for_each_child(node, [&](JsonValue child) { add_row_names(child, names); });
    }
}

class FieldReader {
  public:
    explicit FieldReader(JsonValue root) {
        add_row_names(root, row_names_);
        if (row_names_.contains(std::string(payload_name))) takes_all_ = true;
        visit(root, false);
    }

    std::optional<std::set<std::string>> take() {
        if (takes_all_) return std::nullopt;
        return std::move(fields_);
    }

  private:
    /// `is_value`: inside a subquery that is a value, whose payload nobody names again.
    void visit(JsonValue node, bool is_value) {
        if (node.is(JsonType::array)) {
            for_each_child(node, [&](JsonValue child) { visit(child, is_value); });
        }
        if (!node.is(JsonType::object)) return;
        const std::string_view kind = text_of(node, "class");
        takes_all_ |= may_take_all(node, kind);
        if (kind == "COLUMN_REF") return read_column(node);
        is_value |= kind == "SUBQUERY";
        for_each_child(node, [&](JsonValue child) {
            if (child.key() == "value" && kind == "CONSTANT") return;
            const bool is_list = child.key() == "select_list" && child.is(JsonType::array);
            if (!is_list || is_value) return visit(child, is_value);
            for_each_child(child, [&](JsonValue item) {
                if (!hands_on_payload(item)) visit(item, is_value);
            });
        });
    }

    /// What may compare, rename or show every column.
    static bool may_take_all(JsonValue node, std::string_view kind) {
        const std::string_view type = text_of(node, "type");
        const auto is_all = node.find("setop_all");
        const bool is_distinct_union = is_all && !is_all->boolean();
        const std::vector<std::string> joined = lower_names(node, "using_columns");
        return kind == "STAR" || kind == "POSITIONAL_REFERENCE" || type == "PIVOT" ||
               type == "DISTINCT_MODIFIER" || text_of(node, "ref_type") == "NATURAL" ||
               (type == "SET_OPERATION_NODE" && text_of(node, "setop_type") != "UNION") ||
               is_distinct_union || text_of(node, "aggregate_handling") == "FORCE_AGGREGATES" ||
               has_content(node, "aliases") || has_content(node, "column_name_alias") ||
               std::ranges::find(joined, payload_name) != joined.end();
    }

    static bool hands_on_payload(JsonValue item) {
        if (!item.is(JsonType::object) || text_of(item, "class") != "COLUMN_REF") return false;
        const std::string alias = to_lower_ascii(text_of(item, "alias"));
        const std::vector<std::string> names = lower_names(item, "column_names");
        return (alias.empty() || alias == payload_name) && !names.empty() &&
               names.back() == payload_name;
    }

    void read_column(JsonValue node) {
        const std::vector<std::string> names = lower_names(node, "column_names");
        const auto payload = std::ranges::find(names, payload_name);
        if (payload == names.end()) {
            takes_all_ |= !names.empty() && row_names_.contains(names.back());
        } else if (payload + 1 == names.end()) {
            takes_all_ = true;
        } else {
            fields_.insert(*(payload + 1));
        }
    }

    std::set<std::string> row_names_;
    std::set<std::string> fields_;
    bool takes_all_ = false;
};

}  // namespace

std::optional<std::set<std::string>> fields_read(const SqlTree& tree) {
    return FieldReader(tree.root()).take();
}

}  // namespace meshline
