#include "stages/publish/watermark.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {

Result<Watermarks> read_watermarks(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(
                        fmt::format("select stage, position, definitions_digest from watermarks"
                                    " where client_id = {}",
                                    quote_literal(context.client.id.text()))));
    Watermarks watermarks;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        watermarks[std::string(rows.text(row, 0))] = {static_cast<Position>(rows.integer(row, 1)),
                                                      std::string(rows.text(row, 2))};
    }
    return watermarks;
}

Watermark watermark_of(const Watermarks& watermarks, const std::string& stage) {
    const auto found = watermarks.find(stage);
    return found == watermarks.end() ? Watermark{} : found->second;
}

Result<void> write_watermarks(StageContext& context, const Watermarks& watermarks) {
    if (watermarks.empty()) return {};
    const std::string client = quote_literal(context.client.id.text());
    std::string stages;
    std::string rows;
    for (const auto& [stage, watermark] : watermarks) {
        const char* separator = stages.empty() ? "" : ", ";
        stages += separator + quote_literal(stage);
        rows += fmt::format("{}({}, {}, {}, {})", separator, client, quote_literal(stage),
                            watermark.position, quote_literal(watermark.definitions));
    }
    MESHLINE_TRY(context.warehouse.execute(fmt::format(
        "delete from watermarks where client_id = {} and stage in ({})", client, stages)));
    return context.warehouse.execute("insert into watermarks values " + rows);
}

}  // namespace meshline
