#include "core/captures/capture_events.hpp"

#include "base/json/json.hpp"
#include "base/time/zone.hpp"

#include <charconv>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::string_view opening_suffix = "/opened";
constexpr std::string_view closing_suffix = "/closed";

Error not_readable(const ReservedEvent& event, std::string_view what) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "captures.not_readable",
                 .message = fmt::format("the event \"{}\" at position {} has no readable {}",
                                        event.event_id, event.position, what),
                 .hint = "Run meshline verify; a newer Meshline may have written it."};
}

/// Reads the members of one payload; what is missing or of another type is told once, by done().
class Reader {
  public:
    explicit Reader(const ReservedEvent& event) : event_(event) {
        const auto parsed = document_.parse(event.payload);
        if (parsed.ok() && parsed->is(JsonType::object)) {
            root_ = *parsed;
        } else {
            fail("payload");
        }
    }

    std::optional<JsonValue> root() const { return root_; }
    std::string text(std::optional<JsonValue> object, std::string_view name) {
        const auto value = object ? object->find(name) : std::nullopt;
        if (value && value->is(JsonType::string)) return std::string(value->text());
        fail(name);
        return {};
    }
    std::int64_t integer(std::optional<JsonValue> object, std::string_view name) {
        const auto value = object ? object->find(name) : std::nullopt;
        std::int64_t number = 0;
        if (value && value->is(JsonType::number)) {
            const std::string_view token = value->text();
            const auto [at, error] =
                std::from_chars(token.data(), token.data() + token.size(), number);
            if (error == std::errc() && at == token.data() + token.size() && number >= 0)
                return number;
        }
        fail(name);
        return 0;
    }
    Digest digest(std::optional<JsonValue> object, std::string_view name) {
        auto read = digest_from_hex(text(object, name));
        if (read.ok()) return *read;
        fail(name);
        return {};
    }
    PositionSet positions(std::optional<JsonValue> object, std::string_view name) {
        auto read = PositionSet::parse(text(object, name));
        if (read.ok()) return std::move(*read);
        fail(name);
        return {};
    }
    BusinessDate date(std::optional<JsonValue> object, std::string_view name) {
        auto read = BusinessDate::parse(text(object, name));
        if (read.ok()) return *read;
        fail(name);
        return {};
    }
    Instant instant(std::optional<JsonValue> object, std::string_view name) {
        auto read = parse_instant(text(object, name), std::nullopt);
        if (read.ok()) return *read;
        fail(name);
        return {};
    }
    std::vector<JsonValue> list(std::optional<JsonValue> object, std::string_view name) {
        std::vector<JsonValue> values;
        const auto array = object ? object->find(name) : std::nullopt;
        if (!array || !array->is(JsonType::array)) {
            fail(name);
            return values;
        }
        for (std::size_t index = 0; index < array->size(); ++index)
            values.push_back(index == 0 ? array->first() : values.back().next());
        return values;
    }
    void fail(std::string_view what) {
        if (!error_) error_ = not_readable(event_, what);
    }
    Result<void> done() {
        if (error_) return std::move(*error_);
        return {};
    }

  private:
    const ReservedEvent& event_;
    JsonDocument document_;
    std::optional<JsonValue> root_;
    std::optional<Error> error_;
};

}  // namespace

std::string capture_id(const ClientId& client, Position head, const Digest& root,
                       const StreamName& stream) {
    return sha256(fmt::format("capture {} {} {} {}/{}", client.text(), head, root.hex(),
                              stream.source, stream.stream))
        .brief();
}

std::string opening_event_id(std::string_view capture) {
    return std::string(capture).append(opening_suffix);
}

std::string closing_event_id(std::string_view capture) {
    return std::string(capture).append(closing_suffix);
}

bool is_opening(const ReservedEvent& event) {
    return event.stream == captures_stream && event.event_id.ends_with(opening_suffix);
}

bool is_closing(const ReservedEvent& event) {
    return event.stream == captures_stream && event.event_id.ends_with(closing_suffix);
}

bool is_retraction(const ReservedEvent& event) {
    return event.stream == retractions_stream;
}

namespace {

void write_coverage(JsonWriter& writer, const Coverage& coverage) {
    writer.key("coverage").begin_object().member("from", coverage.from.text());
    writer.member("to", coverage.to.text()).member("starts_at", coverage.starts_at.text());
    writer.member("ends_at", coverage.ends_at.text());
    writer.member("scope_column", coverage.scope_column);
    writer.member("scope_value", coverage.scope_value);
    writer.member("voided_by", coverage.voided_by).member("objects", coverage.objects);
    writer.member("missing", coverage.missing).member("taken", coverage.taken.text());
    writer.key("taken_with").begin_array();
    for (const TakenWith& one : coverage.taken_with) {
        writer.begin_object().member("by", one.by.text());
        writer.member("taken", one.taken.text()).end_object();
    }
    writer.end_array().end_object();
}

Coverage read_coverage(Reader& reader, JsonValue value) {
    Coverage coverage;
    coverage.from = reader.date(value, "from");
    coverage.to = reader.date(value, "to");
    coverage.starts_at = reader.instant(value, "starts_at");
    coverage.ends_at = reader.instant(value, "ends_at");
    coverage.scope_column = reader.text(value, "scope_column");
    coverage.scope_value = reader.text(value, "scope_value");
    coverage.voided_by = reader.text(value, "voided_by");
    coverage.objects = reader.integer(value, "objects");
    coverage.missing = reader.integer(value, "missing");
    coverage.taken = reader.positions(value, "taken");
    for (const JsonValue one : reader.list(value, "taken_with")) {
        TakenWith& taken = coverage.taken_with.emplace_back();
        taken.by = reader.positions(one, "by");
        taken.taken = reader.positions(one, "taken");
    }
    return coverage;
}

}  // namespace

std::string encode(const CaptureOpened& opened) {
    JsonWriter writer;
    writer.begin_object().member("capture", opened.id).member("source", opened.stream.source);
    writer.member("stream", opened.stream.stream);
    if (opened.coverage) write_coverage(writer, *opened.coverage);
    return writer.end_object().take();
}

Result<CaptureOpened> decode_opened(const ReservedEvent& event) {
    Reader reader(event);
    CaptureOpened opened;
    opened.id = reader.text(reader.root(), "capture");
    opened.stream.source = reader.text(reader.root(), "source");
    opened.stream.stream = reader.text(reader.root(), "stream");
    if (const auto coverage = reader.root() ? reader.root()->find("coverage") : std::nullopt)
        opened.coverage = read_coverage(reader, *coverage);
    MESHLINE_TRY(reader.done());
    return opened;
}

std::string encode(const CaptureClosed& closed) {
    JsonWriter writer;
    writer.begin_object().member("capture", closed.id).member("judgement", closed.judgement.hex());
    writer.member("records", closed.counts.records).member("events", closed.counts.events);
    writer.member("duplicates", closed.counts.duplicates);
    writer.member("revisions", closed.counts.revisions);
    writer.member("conflicts", closed.counts.conflicts).member("failed", closed.counts.failed);
    writer.key("files").begin_array();
    for (const CapturedFile& file : closed.files) {
        writer.begin_object().member("name", file.name).member("bytes", file.bytes);
        writer.member("digest", file.digest.hex()).member("brought", file.brought.text());
        writer.member("found", file.found.text()).end_object();
    }
    writer.end_array().key("unread").begin_array();
    for (const std::string& name : closed.unread)
        writer.string(name);
    writer.end_array().member("brought", closed.brought.text());
    writer.member("found", closed.found.text());
    if (closed.coverage) write_coverage(writer, *closed.coverage);
    return writer.end_object().take();
}

Result<CaptureClosed> decode_closed(const ReservedEvent& event) {
    Reader reader(event);
    const auto root = reader.root();
    CaptureClosed closed;
    closed.id = reader.text(root, "capture");
    closed.judgement = reader.digest(root, "judgement");
    closed.counts.records = reader.integer(root, "records");
    closed.counts.events = reader.integer(root, "events");
    closed.counts.duplicates = reader.integer(root, "duplicates");
    closed.counts.revisions = reader.integer(root, "revisions");
    closed.counts.conflicts = reader.integer(root, "conflicts");
    closed.counts.failed = reader.integer(root, "failed");
    for (const JsonValue value : reader.list(root, "files")) {
        CapturedFile& file = closed.files.emplace_back();
        file.name = reader.text(value, "name");
        file.bytes = static_cast<std::uint64_t>(reader.integer(value, "bytes"));
        file.digest = reader.digest(value, "digest");
        file.brought = reader.positions(value, "brought");
        file.found = reader.positions(value, "found");
    }
    for (const JsonValue value : reader.list(root, "unread")) {
        if (!value.is(JsonType::string)) reader.fail("unread");
        closed.unread.emplace_back(value.text());
    }
    closed.brought = reader.positions(root, "brought");
    closed.found = reader.positions(root, "found");
    if (const auto coverage = root ? root->find("coverage") : std::nullopt)
        closed.coverage = read_coverage(reader, *coverage);
    MESHLINE_TRY(reader.done());
    return closed;
}

std::string encode(const Retraction& retraction) {
    JsonWriter writer;
    writer.begin_object().member("retraction", retraction.id);
    if (!retraction.capture.empty()) {
        writer.member("of_capture", retraction.capture);
    } else if (!retraction.retraction.empty()) {
        writer.member("of_retraction", retraction.retraction);
    } else {
        writer.member("of_positions", retraction.positions.text());
    }
    return writer.member("reason", retraction.reason).end_object().take();
}

Result<Retraction> decode_retraction(const ReservedEvent& event) {
    Reader reader(event);
    const auto root = reader.root();
    Retraction retraction;
    retraction.id = reader.text(root, "retraction");
    if (root && root->find("of_capture")) {
        retraction.capture = reader.text(root, "of_capture");
    } else if (root && root->find("of_retraction")) {
        retraction.retraction = reader.text(root, "of_retraction");
    } else {
        retraction.positions = reader.positions(root, "of_positions");
    }
    retraction.reason = reader.text(root, "reason");
    MESHLINE_TRY(reader.done());
    return retraction;
}

}  // namespace meshline
