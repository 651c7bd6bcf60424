#include "base/json/json_writer.hpp"
#include "base/text/text.hpp"
#include "core/packs/pack.hpp"

namespace meshline {
namespace {

void write_paths(JsonWriter& writer, std::string_view key, const std::vector<FieldPath>& paths) {
    writer.key(key).begin_array();
    for (const FieldPath& path : paths)
        writer.string(join(path, "."));
    writer.end_array();
}

}  // namespace

std::string Identity::text() const {
    JsonWriter writer;
    writer.begin_object();
    switch (rule) {
        case IdentityRule::fields:
            write_paths(writer, "event_id", event_id);
            break;
        case IdentityRule::file_line:
            writer.member("event_id", "file_line");
            break;
        case IdentityRule::row:
            writer.member("event_id", "row");
            break;
    }
    if (!object_id.empty()) write_paths(writer, "object_id", object_id);
    return writer.end_object().take();
}

}  // namespace meshline
