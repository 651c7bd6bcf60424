#include "drivers/duckdb/plan_size.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace meshline {
namespace {

/// Counts nodes; where a CTE is read, all that it stands for.
class PlanSize {
  public:
    // Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
    std::size_t of(JsonValue value) {
        std::size_t size = 0;
        if (value.is(JsonType::array)) {
            for_each_child(value, [&](JsonValue child) { add(size, of(child)); });
            return size;
        }
        if (!value.is(JsonType::object)) return 0;
        const std::size_t tables_before = tables_.size();
        if (const auto map = object_of(value, "cte_map")) add_common_tables(*map);
        size = text_of(value, "type") == "BASE_TABLE" ? size_of_table(value) : 1;
        for_each_child(value, [&](JsonValue child) {
            if (child.key() != "cte_map") add(size, of(child));
        });
        tables_.resize(tables_before);
        return size;
    }

  private:
    static void add(std::size_t& size, std::size_t more) {
        // What is over the limit may grow no further: twice as many CTEs are a number squared.
        size = std::min(size + more, planned_parts_max + 1);
    }

    void add_common_tables(JsonValue map) {
        const auto entries = map.find("map");
        if (!entries) return;
        for_each_child(*entries, [&](JsonValue entry) {
            const std::size_t size = of(*entry.find("value"));
            tables_.emplace_back(to_lower_ascii(text_of(entry, "key")), size);
        });
    }

    std::size_t size_of_table(JsonValue node) const {
        const std::string name = to_lower_ascii(text_of(node, "table_name"));
        const auto found = std::ranges::find(tables_.rbegin(), tables_.rend(), name,
                                             &std::pair<std::string, std::size_t>::first);
        return found == tables_.rend() ? 1 : found->second + 1;
    }

    std::vector<std::pair<std::string, std::size_t>> tables_;  ///< In sight, the last counts.
};

}  // namespace

std::optional<Error> check_plan_size(const SqlTree& tree, const SqlSource& source) {
    if (PlanSize().of(tree.root()) <= planned_parts_max) return std::nullopt;
    return source.error(
        "transform.too_large",
        fmt::format("transform \"{}\" has more than {} parts, counting a CTE as often as it is"
                    " read",
                    source.name(), planned_parts_max),
        "Read a CTE once, or split the transform.", std::nullopt);
}

}  // namespace meshline
