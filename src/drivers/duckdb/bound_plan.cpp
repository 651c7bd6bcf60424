#include "drivers/duckdb/bound_plan.hpp"

#include "drivers/duckdb/sql_tree.hpp"

#include <fmt/format.h>

namespace meshline {

Result<BoundPlan> BoundPlan::ask(const Engine& engine, const SqlSource& source) {
    MESHLINE_ASSIGN(
        const std::string written,
        ask_about_sql(engine, source,
                      "select cast(json_serialize_plan(cast($1 as varchar), skip_null := true,"
                      " skip_empty := true, skip_default := true) as varchar)"));
    BoundPlan plan;
    const auto parsed = plan.document_.parse(written);
    if (parsed.ok() && parsed->find("plans")) return plan;
    return source.error(
        "transform.too_large",
        fmt::format("the plan of transform \"{}\" is too deep or too large to be looked at: {}",
                    source.name(),
                    parsed.ok() ? clean_message(text_of(*parsed, "error_message"))
                                : parsed.error().message),
        "Write it with fewer levels, or split it.", std::nullopt);
}

JsonValue BoundPlan::root() const {
    return *document_.root().find("plans");
}

}  // namespace meshline
