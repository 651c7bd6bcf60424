#include "core/contract/compile_schema.hpp"

#include "core/contract/keywords.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

constexpr std::size_t text_size_max = 1024 * 1024;

}  // namespace

Place CompiledSchema::place_of(std::size_t offset) const {
    const std::string_view before = std::string_view(text).substr(0, offset);
    const std::size_t line_begin = before.rfind('\n') + 1;
    const auto lines = std::ranges::count(before, '\n');
    const auto characters = std::ranges::count_if(before.substr(line_begin), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    });
    return {.file = file,
            .line = static_cast<int>(lines) + 1,
            .column = static_cast<int>(characters) + 1};
}

Error schema_error(const CompiledSchema& compiled, std::size_t offset, std::string code,
                   std::string message, std::string hint) {
    return Error{.kind = ErrorKind::invalid,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint),
                 .where = compiled.place_of(offset)};
}

Result<std::unique_ptr<CompiledSchema>> compile_schema(std::string_view text,
                                                       const std::string& file) {
    auto compiled = std::make_unique<CompiledSchema>();
    compiled->file = file;
    if (text.size() > text_size_max) {
        return schema_error(*compiled, 0, "contract.too_large", "contract is too long",
                            "At most 1 MiB is read as one contract.");
    }
    compiled->text = text;
    const auto root = compiled->document.parse(compiled->text);
    if (!root.ok()) {
        const Error& cause = root.error();
        return schema_error(*compiled, static_cast<std::size_t>(cause.where.offset),
                            "contract.not_json",
                            fmt::format("contract is not JSON: {}", cause.message), cause.hint);
    }
    KeywordReader reader(*compiled);
    MESHLINE_TRY(reader.read(*root));
    MESHLINE_TRY(check_references(*compiled));
    return compiled;
}

}  // namespace meshline
