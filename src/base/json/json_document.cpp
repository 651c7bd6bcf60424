#include "base/json/json.hpp"
#include "base/json/json_scan.hpp"
#include "base/json/tape_builder.hpp"
#include "base/text/shorten.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <simdjson.h>
#include <utility>

namespace meshline {
namespace {

/// What simdjson and the hash of names may read beyond the text.
constexpr std::size_t padding = simdjson::SIMDJSON_PADDING;

/// Names longer than this are cut in messages.
constexpr std::size_t name_shown_max = 64;

/// A buffer that grows and is never filled for nothing.
template <class Item>
struct Buffer {
    std::unique_ptr<Item[]> items;
    std::size_t capacity = 0;

    void reserve(std::size_t wanted) {
        if (wanted <= capacity) return;
        capacity = std::max(wanted, capacity * 2);
        items = std::make_unique_for_overwrite<Item[]>(capacity);
    }
};

/// A name from its first byte, as written, shortened where it is long.
std::string shown_name(std::string_view text) {
    return shortened(text.substr(0, text.find('"')), name_shown_max);
}

}  // namespace

struct JsonDocument::Implementation {
    JsonTape tape;
    bool is_parsed = false;
    Buffer<char> text;
    Buffer<char> unescaped;
    Buffer<JsonNode> nodes;
    Buffer<std::uint32_t> key_hashes;
    std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
    TapeBuilder builder;

    Result<void> read(std::string_view source, DuplicateKeys duplicate_keys);
    bool index(std::size_t length);
    JsonFault build(std::string_view source, const std::uint32_t* offsets, std::size_t count,
                    DuplicateKeys duplicate_keys);
    Error error_of(const JsonFault& fault, std::string_view source) const;
};

/// simdjson's first stage: the offsets of all tokens, and the check of UTF-8 and of strings.
bool JsonDocument::Implementation::index(std::size_t length) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.items.get());
    return indexer->stage1(bytes, length, simdjson::stage1_mode::regular) == simdjson::SUCCESS;
}

JsonFault JsonDocument::Implementation::build(std::string_view source, const std::uint32_t* offsets,
                                              std::size_t count, DuplicateKeys duplicate_keys) {
    nodes.reserve(count + 1);
    key_hashes.reserve(count + 1);
    return builder.build({source, offsets, count, nodes.items.get(), key_hashes.items.get(),
                          unescaped.items.get(), duplicate_keys});
}

Result<void> JsonDocument::Implementation::read(std::string_view source,
                                                DuplicateKeys duplicate_keys) {
    is_parsed = false;
    if (source.size() > length_max) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "json.too_long",
                     .message = fmt::format("text of {} bytes", source.size()),
                     .hint = fmt::format("At most {} bytes are read as one value.", length_max),
                     .where = {.offset = 0}};
    }
    text.reserve(source.size() + padding);
    std::memcpy(text.items.get(), source.data(), source.size());
    std::memset(text.items.get() + source.size(), 0, padding);
    const std::string_view copy(text.items.get(), source.size());
    unescaped.reserve(source.size() + padding);
    if (!indexer || indexer->capacity() < source.size()) {
        const std::size_t capacity = std::max<std::size_t>(4096, source.size() * 5 / 4);
        const auto code = simdjson::get_active_implementation()->create_dom_parser_implementation(
            capacity, depth_max, indexer);
        if (code != simdjson::SUCCESS) {
            return Error{.kind = ErrorKind::exhausted,
                         .code = "json.no_memory",
                         .message = fmt::format("no memory to read {} bytes", source.size())};
        }
    }

    JsonFault fault;
    if (index(source.size())) {
        const std::size_t count = indexer->n_structural_indexes;
        indexer->structural_indexes[count] = static_cast<std::uint32_t>(source.size());
        fault = build(copy, indexer->structural_indexes.get(), count, duplicate_keys);
    } else {
        // The grammar may break before the byte that the first stage refused.
        const auto offsets = index_slowly(copy, fault);
        const std::size_t readable = offsets.back();
        text.items[readable] = '\0';
        const JsonFault earlier =
            build(copy.substr(0, readable), offsets.data(), offsets.size() - 1, duplicate_keys);
        const bool is_earlier = earlier.is_set() && earlier.offset < readable;
        if (!fault.is_set() || is_earlier) fault = earlier;
        MESHLINE_CHECK(fault.is_set());
    }
    if (fault.is_set()) return error_of(fault, copy);
    tape = {text.items.get(), unescaped.items.get(), nodes.items.get(), key_hashes.items.get(),
            builder.left_out_keys()};
    is_parsed = true;
    return {};
}

Error JsonDocument::Implementation::error_of(const JsonFault& fault,
                                             std::string_view source) const {
    Error error{.kind = ErrorKind::invalid,
                .code = fault.code,
                .message = fault.message,
                .where = {.offset = static_cast<std::int64_t>(fault.offset)}};
    if (error.code == "json.duplicate_key") {
        error.message += fmt::format(" \"{}\"", shown_name(source.substr(fault.offset + 1)));
        error.hint = "An object may state each name once.";
    }
    if (error.code == "json.too_deep") {
        error.hint = fmt::format("At most {} levels are read.", depth_max);
    }
    return error;
}

JsonDocument::JsonDocument() : implementation_(std::make_unique<Implementation>()) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;

Result<JsonValue> JsonDocument::parse(std::string_view text, DuplicateKeys duplicate_keys) {
    MESHLINE_TRY(implementation_->read(text, duplicate_keys));
    return root();
}

JsonValue JsonDocument::root() const {
    MESHLINE_CHECK(implementation_->is_parsed);
    return {&implementation_->tape, 0};
}

}  // namespace meshline
