#include "surface/cli/json_instances.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::size_t bytes_max = std::size_t{512} << 20;
constexpr std::size_t piece = std::size_t{1} << 20;

Result<std::string> read_whole(FileSystem& files, const std::string& path) {
    MESHLINE_ASSIGN(const auto file, files.open(path));
    std::string bytes;
    for (;;) {
        const std::size_t size = bytes.size();
        bytes.resize(size + piece);
        MESHLINE_ASSIGN(const std::size_t count, file->read(bytes.data() + size, piece));
        bytes.resize(size + count);
        if (count == 0) return bytes;
        if (bytes.size() > bytes_max) {
            return Error{.kind = ErrorKind::exhausted,
                         .code = "files.too_large",
                         .message = fmt::format("\"{}\" is too large", path),
                         .hint = "At most 512 MiB are judged at once: split the file.",
                         .where = {.file = path}};
        }
    }
}

bool says_lines(std::string_view path) {
    for (const std::string_view ending : {".gz", ".zst"}) {
        if (path.ends_with(ending)) path.remove_suffix(ending.size());
    }
    return path.ends_with(".ndjson") || path.ends_with(".jsonl");
}

bool is_json(std::string_view text) {
    JsonDocument document;
    return document.parse(text, DuplicateKeys::equal).ok();
}

void cut_lines(JsonInstances& found) {
    std::string_view rest = found.bytes;
    for (int line = 1; !rest.empty(); ++line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view text = trim(rest.substr(0, end));
        if (!text.empty()) found.instances.push_back({text, line});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

}  // namespace

Result<JsonInstances> read_instances(FileSystem& files, const std::string& path) {
    JsonInstances found;
    MESHLINE_ASSIGN(found.bytes, read_whole(files, path));
    const std::string_view bytes = found.bytes;
    const std::string_view first = trim(bytes.substr(0, bytes.find('\n')));
    found.has_lines = says_lines(path) || (is_json(first) && !is_json(bytes));
    if (found.has_lines) {
        cut_lines(found);
    } else {
        found.instances.push_back({bytes, 1});
    }
    return found;
}

}  // namespace meshline
