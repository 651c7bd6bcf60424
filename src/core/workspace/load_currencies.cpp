#include "core/packs/meaning.hpp"
#include "core/workspace/loaders.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// In capitals, as they are shown: so that one code is one key.
bool is_written_as_shown(const std::string& code) {
    const auto currency = Currency::unlisted(code);
    return currency && currency->code() == code;
}

}  // namespace

CurrencyDefinition load_currencies(const DefinitionFile& definition) {
    const YamlReader reader(definition.root, "currencies", {"title", "owner", "currencies"},
                            definition.file);
    CurrencyDefinition read;
    read.head.name = definition.name;
    read.head.file = definition.file.path;
    read.head.bytes = canonical_json(meaning_of(definition.root, "currencies"));
    read.head.digest = read.head.facts_digest = sha256(read.head.bytes);
    read.head.text_bytes = canonical_json(definition.root);
    read.head.text_digest = sha256(read.head.text_bytes);
    read.head.title = reader.text("title", Need::optional);
    read.head.owner = read_owner(reader, definition.file.path, definition);

    MinorDigits added;
    for (const auto& [code, node] : reader.members("currencies", Need::required)) {
        if (!is_written_as_shown(code.text)) {
            definition.file.report(code.where, "workspace.bad_currency",
                                   fmt::format("\"{}\" is no code of a currency", code.text),
                                   "Use A-Z and 0-9, a letter first, three to eight together, as"
                                   " USDC.");
            continue;
        }
        if (const auto digits =
                read_integer(*node, code.text, {0, Decimal::digits}, definition.file))
            added.emplace(code.text, *digits);
    }
    read.table = CurrencyTable::standard().with(added);
    return read;
}

}  // namespace meshline
