#include "base/text/shorten.hpp"
#include "base/text/text.hpp"
#include "base/yaml/source_text.hpp"
#include "base/yaml/yaml.hpp"

#include <fmt/format.h>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace meshline {
namespace {

constexpr std::size_t depth_max = 64;

/// Thrown through yaml-cpp, which knows no other way to stop, and caught in parse_yaml().
struct Refusal {
    Error error;
};

/// Builds the nodes and refuses what is strict here and free in YAML.
class NodeBuilder : public YAML::EventHandler {
  public:
    explicit NodeBuilder(const SourceText& source) : source_(source) {}

    YamlNode take_root() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (has_document_) {
            refuse("yaml.syntax", "more text after the document",
                   "A file holds one document; check the indentation.", offset_of(mark));
        }
        has_document_ = true;
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse_alias(offset_of(mark));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(YamlKind::sequence, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(YamlKind::mapping, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

    [[noreturn]] void refuse(const char* code, std::string message, std::string hint,
                             std::size_t offset) const {
        throw Refusal{Error{.kind = ErrorKind::invalid,
                            .code = code,
                            .message = std::move(message),
                            .hint = std::move(hint),
                            .where = source_.place_of(offset)}};
    }
    [[noreturn]] void refuse_alias(std::size_t offset) const {
        refuse("yaml.unsupported", "alias",
               "Write the value out; a text that starts with \"*\" needs quotes.", offset);
    }

    static std::size_t offset_of(const YAML::Mark& mark) {
        return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
    }

  private:
    struct Level {
        YamlNode node;
        bool is_flow = false;
        std::optional<YamlNode> key;
        std::unordered_map<std::string, std::pair<int, int>> key_places;
    };

    YamlNode node_at(YamlKind kind, std::size_t offset) const {
        const Place place = source_.place_of(offset);
        YamlNode node;
        node.kind = kind;
        node.line = place.line;
        node.column = place.column;
        return node;
    }
    bool is_key_next() const {
        return !levels_.empty() && levels_.back().node.kind == YamlKind::mapping &&
               !levels_.back().key;
    }
    void check_properties(std::size_t offset, const std::string& tag, YAML::anchor_t anchor) const;
    void check_plain(const std::string& value, std::size_t offset) const;
    std::size_t check_quoted(std::size_t offset) const;
    void add_key(YamlNode key, std::size_t offset, std::size_t end);
    void add(YamlNode node);
    void open(YamlKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style);
    void close();

    const SourceText& source_;
    bool has_document_ = false;
    std::vector<Level> levels_;
    YamlNode root_;
};

void NodeBuilder::check_properties(std::size_t offset, const std::string& tag,
                                   YAML::anchor_t anchor) const {
    if (anchor != YAML::NullAnchor) {
        refuse("yaml.unsupported", "anchor",
               "Write the value out; a text that starts with \"&\" needs quotes.", offset);
    }
    // "?" and "!" are what yaml-cpp calls plain and quoted scalars without a tag.
    if ((!tag.empty() && tag != "?" && tag != "!") || source_.at(offset) == '!') {
        refuse("yaml.unsupported", "tag", "Remove it; a text that starts with \"!\" needs quotes.",
               offset);
    }
}

void NodeBuilder::check_plain(const std::string& value, std::size_t offset) const {
    const std::string lower = to_lower_ascii(value);
    for (const char* word : {"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"}) {
        const bool is_plain_word = lower == word;
        if (!is_plain_word || value == "true" || value == "false" || value == "null") continue;
        refuse("yaml.ambiguous_scalar",
               fmt::format("\"{}\" means different things to YAML readers", value),
               "Quote it if it is a text, or write true, false or null.", offset);
    }
}

/// Returns the offset behind a quoted or block scalar's text (of a block scalar: behind its sign).
std::size_t NodeBuilder::check_quoted(std::size_t offset) const {
    const char sign = source_.at(offset);
    if (sign != '"' && sign != '\'') return offset + 1;
    const std::size_t end = source_.end_of_quoted(offset);
    // yaml-cpp takes the end of the file for a closing quote.
    if (end == std::string_view::npos) {
        refuse("yaml.syntax", "quoted text without a closing quote", "", offset);
    }
    return end;
}

void NodeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const std::size_t offset = offset_of(mark);
    check_properties(offset, "", anchor);
    for (const char* word : {"~", "Null", "NULL"}) {
        if (source_.has_word_at(offset, word)) check_plain(word, offset);
    }
    if (is_key_next()) refuse("yaml.syntax", "a key was expected", "Quote the key.", offset);
    const bool is_in_flow_sequence = !levels_.empty() && levels_.back().is_flow &&
                                     levels_.back().node.kind == YamlKind::sequence;
    if (is_in_flow_sequence && !source_.has_word_at(offset, "null")) {
        refuse("yaml.syntax", "item without a value", "Write null, or remove the comma.", offset);
    }
    add(node_at(YamlKind::null, offset));
}

void NodeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
    const std::size_t offset = offset_of(mark);
    check_properties(offset, tag, anchor);
    YamlNode node = node_at(YamlKind::scalar, offset);
    node.scalar = value;
    node.is_quoted = tag == "!";
    // yaml-cpp resolves the escapes \N and \_ to single bytes above 127.
    if (find_invalid_utf8(value)) {
        refuse("yaml.syntax", "escape that yields no character",
               "Write the character itself, or its \\u escape.", offset);
    }
    std::size_t end = offset + value.size();
    if (node.is_quoted) {
        end = check_quoted(offset);
    } else {
        check_plain(value, offset);
    }
    if (is_key_next()) {
        add_key(std::move(node), offset, end);
    } else {
        add(std::move(node));
    }
}

void NodeBuilder::add_key(YamlNode key, std::size_t offset, std::size_t end) {
    if (!key.is_quoted && key.scalar == "<<") {
        refuse("yaml.unsupported", "merge key", "Write the members out.", offset);
    }
    while (source_.at(end) == ' ')
        ++end;
    if (source_.at(end) != ':') {
        refuse("yaml.syntax",
               fmt::format("\":\" was expected after \"{}\"", shortened(key.scalar, 64)),
               "Write \"key: value\", or close the bracket before it.", offset);
    }
    Level& level = levels_.back();
    const auto [first, is_new] = level.key_places.try_emplace(key.scalar, key.line, key.column);
    if (!is_new) {
        const auto [line, column] = first->second;
        refuse("yaml.duplicate_key", fmt::format("duplicate key \"{}\"", key.scalar),
               fmt::format("The first one is at {}:{}.", line, column), offset);
    }
    level.key = std::move(key);
}

void NodeBuilder::add(YamlNode node) {
    if (levels_.empty()) {
        root_ = std::move(node);
        return;
    }
    Level& level = levels_.back();
    if (level.node.kind == YamlKind::sequence) {
        level.node.items.push_back(std::move(node));
        return;
    }
    level.node.members.push_back({std::move(*level.key), std::move(node)});
    level.key.reset();
}

void NodeBuilder::open(YamlKind kind, const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    const std::size_t offset = offset_of(mark);
    check_properties(offset, tag, anchor);
    if (is_key_next()) {
        refuse("yaml.unsupported", "key that is not a text", "Use a text as the key.", offset);
    }
    if (levels_.size() == depth_max) {
        refuse("yaml.too_deep", "more levels than allowed", "At most 64 levels are read.", offset);
    }
    Level level;
    level.node = node_at(kind, offset);
    level.is_flow = style == YAML::EmitterStyle::Flow;
    levels_.push_back(std::move(level));
}

void NodeBuilder::close() {
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(node));
}

Result<YamlNode> build(const std::string& text, const SourceText& source) {
    NodeBuilder builder(source);
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        // The second call finds what follows the document; the builder refuses it.
        if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
        return builder.take_root();
    } catch (const Refusal& refusal) {
        return refusal.error;
    } catch (const YAML::Exception& exception) {
        const std::size_t offset = NodeBuilder::offset_of(exception.mark);
        const bool is_alias = source.at(offset) == '*';
        return Error{.kind = ErrorKind::invalid,
                     .code = is_alias ? "yaml.unsupported" : "yaml.syntax",
                     .message = exception.msg,
                     .hint = "A text that holds \": \", or starts with a sign, needs quotes.",
                     .where = source.place_of(offset)};
    } catch (const std::exception&) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "yaml.syntax",
                     .message = "the text cannot be read",
                     .where = source.place_of(0)};
    }
}

}  // namespace

Result<YamlNode> parse_yaml(std::string_view text, const std::string& file) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const SourceText source(text, file);
    MESHLINE_TRY(source.check_bytes());
    MESHLINE_ASSIGN(YamlNode root, build(std::string(text), source));
    if (root.line == 0) {
        root.line = 1;
        root.column = 1;
    }
    return root;
}

}  // namespace meshline
