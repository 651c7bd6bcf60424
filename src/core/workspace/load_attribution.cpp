#include "base/text/text.hpp"
#include "core/workspace/loaders.hpp"

#include <array>

namespace meshline {
namespace {

constexpr int lookback_days_max = 366;
constexpr std::array model_names = {"last_touch"};
const std::vector<std::string> condition_keys = {"source", "medium", "campaign", "referrer"};

ChannelRule read_channel(const YamlNode& node, YamlFile& file) {
    const YamlReader reader(node, "channel rule", {"channel", "when"}, file);
    ChannelRule rule;
    rule.channel = reader.name("channel", Need::required);
    const auto when = read_part(reader, "when", Need::required, condition_keys);
    if (!when) return rule;
    for (const std::string& key : condition_keys) {
        if (!when->has(key)) continue;
        for (const PlacedText& value : when->texts(key, Need::required)) {
            // Values are compared trimmed and in lower case, so they are kept that way.
            rule.when[key].push_back(to_lower_ascii(trim(value.text)));
        }
    }
    if (rule.when.empty()) {
        file.report(reader.place("when"), "workspace.missing_key",
                    "the channel rule has no condition",
                    "Add one of: source, medium, campaign, referrer.");
    }
    return rule;
}

void read_campaigns(const YamlReader& parent, const DefinitionFile& definition,
                    AttributionDefinition& read) {
    const auto reader =
        read_part(parent, "campaigns", Need::optional, {"known_from", "known", "mappings"});
    if (!reader) return;
    read.campaigns_known_from =
        read_references(*reader, "known_from", Need::optional, ReferenceKind::source, definition);
    read.campaigns_known = texts_of(reader->texts("known", Need::optional));
    for (const auto& [written, node] : reader->members("mappings", Need::optional)) {
        if (const auto meant = read_text(*node, written.text, definition.file)) {
            read.campaign_mappings.emplace(written.text, *meant);
        }
    }
}

}  // namespace

AttributionDefinition load_attribution(const DefinitionFile& definition) {
    const YamlReader reader(definition.root, "attribution",
                            {"attribution", "owner", "title", "model", "lookback_days",
                             "conversions", "channels", "campaigns"},
                            definition.file);
    AttributionDefinition read;
    read.head = read_head(reader, "attribution", definition);
    if (const auto model = reader.choice("model", Need::required, model_names)) {
        read.model = model_names[*model];
    }
    read.lookback_days =
        reader.integer("lookback_days", Need::optional, {1, lookback_days_max}).value_or(30);
    if (const auto part = read_part(reader, "conversions", Need::required, {"book", "entries"})) {
        read.book = read_book(*part);
        read.entries = read_entries(*part, "entries", Need::required);
    }
    for (const YamlNode* node : reader.list("channels", Need::optional)) {
        read.channels.push_back(read_channel(*node, definition.file));
    }
    read_campaigns(reader, definition, read);
    return read;
}

}  // namespace meshline
