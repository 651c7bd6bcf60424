// The text is a schema, an empty line, and an instance. Holds for every pair and draft: a schema
// that does not compile says why and where; one that does judges within its limits, the same for
// the verdict alone and for all errors, and every error names what it is about.
#include "base/json/json.hpp"
#include "base/json/json_pointer.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/jsonschema/schema_limits.hpp"
#include "base/jsonschema/schema_output.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace meshline {
namespace {

void check_errors(const std::vector<SchemaError>& errors, JsonValue instance) {
    MESHLINE_CHECK(errors.size() <= schema_errors_max);
    for (const SchemaError& error : errors) {
        MESHLINE_CHECK(!error.keyword.empty() && !error.message.empty());
        JsonValue value = instance;
        for (const std::string& step : pointer_steps(error.instance_location)) {
            const auto inside = child_at(value, step);
            MESHLINE_CHECK(inside.has_value());
            value = *inside;
        }
    }
    for (const OutputForm form : {OutputForm::flag, OutputForm::basic, OutputForm::detailed}) {
        JsonWriter writer;
        writer.begin_object();
        write_output(writer, errors, form);
        JsonDocument written;
        MESHLINE_CHECK(written.parse(writer.end_object().take()).ok());
    }
}

void check(std::string_view text, Dialect dialect, bool asserts_formats) {
    const std::size_t border = text.find("\n\n");
    if (border == std::string_view::npos) return;
    const SchemaOptions options{
        .dialect = dialect, .asserts_formats = asserts_formats, .base_uri = "https://a.test/s"};
    const std::vector<SchemaFile> others = {
        {"https://a.test/other", R"({"$defs": {"a": {"type": "string"}}})", "other"}};
    const auto schema = JsonSchema::compile(text.substr(0, border), "schema.json", others, options);
    if (!schema.ok()) {
        MESHLINE_CHECK(schema.error().code.starts_with("schema."));
        MESHLINE_CHECK(!schema.error().where.file.empty());
        return;
    }
    static JsonDocument document;
    const auto instance = document.parse(text.substr(border + 2));
    if (!instance.ok()) return;
    const auto errors = schema->validate(*instance);
    MESHLINE_CHECK(schema->is_valid(*instance) == errors.empty());
    check_errors(errors, *instance);
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using meshline::Dialect;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // The draft and the formats follow from the text, so that one input is one run.
    const auto dialect = static_cast<Dialect>(size % 5);
    meshline::check(text, dialect, size % 2 == 0);
    return 0;
}
