#include "operate/answers/coverage_json.hpp"

namespace meshline {

void write_coverage(JsonWriter& writer, const Coverage& coverage) {
    writer.key("coverage").begin_object().member("from", coverage.from.text());
    writer.member("to", coverage.to.text());
    if (!coverage.scope_column.empty()) {
        writer.member("scope_column", coverage.scope_column);
        writer.member("scope_value", coverage.scope_value);
    }
    writer.member("objects", coverage.objects).member("missing", coverage.missing);
    writer.member("voided_by", coverage.voided_by).end_object();
}

}  // namespace meshline
