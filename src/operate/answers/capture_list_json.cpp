#include "base/json/json_writer.hpp"
#include "operate/answers/capture_list.hpp"
#include "operate/answers/coverage_json.hpp"

namespace meshline {
namespace {

void write_capture(JsonWriter& writer, const ListedCapture& listed) {
    const Capture& capture = listed.capture;
    const CaptureClosed& record = capture.record;
    writer.begin_object().member("capture", capture.id).member("at", capture.opened_at.text());
    writer.member("stream", capture.stream.source + "/" + capture.stream.stream);
    writer.member("state", name_of(listed.state));
    writer.member("brought", listed.brought.text());
    writer.member("found", record.found.text());
    if (capture.closed) {
        writer.member("records", record.counts.records).member("events", record.counts.events);
        writer.member("duplicates", record.counts.duplicates);
        writer.member("revisions", record.counts.revisions);
        writer.member("conflicts", record.counts.conflicts);
        writer.member("failed", record.counts.failed);
    }
    writer.key("files").begin_array();
    for (const CapturedFile& file : record.files) {
        writer.begin_object().member("name", file.name).member("bytes", file.bytes);
        writer.member("digest", file.digest.hex()).end_object();
    }
    writer.end_array().key("unread").begin_array();
    for (const std::string& name : record.unread)
        writer.string(name);
    writer.end_array();
    if (record.coverage) write_coverage(writer, *record.coverage);
    writer.end_object();
}

}  // namespace

std::string capture_list_json(const CaptureList& list) {
    JsonWriter writer(true);
    writer.begin_object().key("captures").begin_array();
    for (const ListedCapture& listed : list.captures)
        write_capture(writer, listed);
    writer.end_array().key("retractions").begin_array();
    for (const RetractionAct& act : list.retractions) {
        writer.begin_object().member("retraction", act.retraction.id);
        writer.member("at", act.at.text()).member("of", target_of(act.retraction));
        writer.member("reason", act.retraction.reason);
        writer.member("is_retracted", act.is_retracted).end_object();
    }
    return writer.end_array().end_object().take() + "\n";
}

}  // namespace meshline
