#pragma once

#include "base/json/json.hpp"
#include "base/result/result.hpp"
#include "core/contract/schema.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Reads the keywords of a schema and of all schemas inside it, one after the other by a list of
/// its own rather than by calling itself.
class KeywordReader {
  public:
    explicit KeywordReader(CompiledSchema& compiled) : compiled_(compiled) {}

    Result<void> read(JsonValue root);

  private:
    using Reading = Result<void> (KeywordReader::*)(Schema&, JsonValue);
    struct Keyword {
        std::string_view name;
        Reading read;
    };
    static const std::vector<Keyword>& keywords();

    Result<void> read_definitions(JsonValue root);
    Result<void> read_one(JsonValue source, SchemaId id);

    Result<void> read_type(Schema& schema, JsonValue value);
    Result<void> read_annotation(Schema& schema, JsonValue value);
    Result<void> read_reference(Schema& schema, JsonValue value);
    Result<void> read_all_of(Schema& schema, JsonValue value);
    Result<void> read_any_of(Schema& schema, JsonValue value);
    Result<void> read_one_of(Schema& schema, JsonValue value);
    Result<void> read_not(Schema& schema, JsonValue value);
    Result<void> read_properties(Schema& schema, JsonValue value);
    Result<void> read_required(Schema& schema, JsonValue value);
    Result<void> read_additional(Schema& schema, JsonValue value);
    Result<void> read_items(Schema& schema, JsonValue value);
    Result<void> read_enum(Schema& schema, JsonValue value);
    Result<void> read_const(Schema& schema, JsonValue value);
    Result<void> read_minimum(Schema& schema, JsonValue value);
    Result<void> read_maximum(Schema& schema, JsonValue value);
    Result<void> read_exclusive_minimum(Schema& schema, JsonValue value);
    Result<void> read_exclusive_maximum(Schema& schema, JsonValue value);
    Result<void> read_multiple_of(Schema& schema, JsonValue value);
    Result<void> read_min_length(Schema& schema, JsonValue value);
    Result<void> read_max_length(Schema& schema, JsonValue value);
    Result<void> read_min_items(Schema& schema, JsonValue value);
    Result<void> read_max_items(Schema& schema, JsonValue value);
    Result<void> read_pattern(Schema& schema, JsonValue value);
    Result<void> read_definitions_keyword(Schema& schema, JsonValue value);
    Result<void> read_text(Schema& schema, JsonValue value);
    Result<void> read_anything(Schema& schema, JsonValue value);

    Result<void> expect(JsonValue value, JsonType type, std::string_view what) const;
    Result<void> expect_few(JsonValue names) const;
    Result<SchemaId> add(JsonValue source);
    Result<void> add_list(std::vector<SchemaId>& ids, JsonValue value);
    Result<void> read_number(std::optional<DecimalToken>& number, JsonValue value);
    Result<void> read_count(std::size_t& count, JsonValue value);
    Error refuse(JsonValue value, std::string message, std::string hint = "") const;

    CompiledSchema& compiled_;
    std::map<std::string, SchemaId, std::less<>> definitions_;
    std::vector<JsonValue> sources_;
};

}  // namespace meshline
