#include "stages/capture/preview.hpp"

#include "core/stage/client_captures.hpp"
#include "stages/capture/misfits.hpp"
#include "stages/capture/preview_log.hpp"
#include "stages/capture/previewed_records.hpp"

#include <utility>

namespace meshline {
namespace {

/// How many of the log's last events are asked for what the stream is like.
constexpr Position events_asked_max = 100'000;

Event event_of(const EventDraft& draft) {
    Event event;
    event.source = draft.source;
    event.stream = draft.stream;
    event.event_id = draft.event_id;
    event.object_id = draft.object_id;
    event.occurred_at = draft.occurred_at;
    event.received_at = draft.received_at;
    event.payload = draft.payload;
    return event;
}

/// Records on their way to what they say and to what they book.
class Look {
  public:
    Look(const CaptureRequest& request, PreviewedBookings& bookings)
        : request_(request),
          bookings_(bookings),
          records_(request.client, request.source, request.stream) {}

    Result<void> take(const Event& event) {
        const auto record = document_.parse(event.payload, request_.stream.duplicate_keys);
        if (!record.ok()) return {};
        records_.take(event, *record);
        return bookings_.add(event, *record);
    }
    Result<LookedAt> finish() {
        MESHLINE_ASSIGN(BookedRecords booked, bookings_.finish());
        return LookedAt{std::move(records_), std::move(booked)};
    }

  private:
    const CaptureRequest& request_;
    PreviewedBookings& bookings_;
    PreviewedRecords records_;
    JsonDocument document_;
};

/// At the stream's last records in the log, as far as they stand: what a file that was taken back
/// brought makes the next one like it no better.
Result<LookedAt> look_at_known(CaptureContext& context, const CaptureRequest& request,
                               PreviewedBookings& bookings) {
    MESHLINE_ASSIGN(const LogHead head, context.log.head(request.client.id));
    MESHLINE_ASSIGN(const CaptureHistory captures,
                    captures_of(context.log, context.control, request.client.id, head));
    const Position from =
        head.position > events_asked_max ? head.position - events_asked_max + 1 : 1;
    MESHLINE_ASSIGN(const auto cursor, context.log.read(request.client.id, from, head.position));
    Look look(request, bookings);
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool has_more, cursor->next(event));
        if (!has_more) return look.finish();
        const bool is_known =
            event.source == request.source.head.name && event.stream == request.stream.name &&
            event.verdict == Verdict::kept && captures.standing_at(event.position) != nullptr;
        if (is_known) MESHLINE_TRY(look.take(event));
    }
}

}  // namespace

Result<CapturePreview> preview_capture(CaptureContext& context, const PreviewBooks& books,
                                       CaptureRequest request) {
    request.mode = CaptureMode::preview;
    MESHLINE_ASSIGN(PreviewedBookings bookings,
                    PreviewedBookings::open(books.transforms, books.scratch, request.client,
                                            request.source, request.stream));
    MESHLINE_ASSIGN(const LookedAt known, look_at_known(context, request, bookings));
    Look look(request, bookings);
    Result<void> looked;
    PreviewLog log(context.log, [&](const EventDraft& draft) {
        if (draft.verdict == Verdict::kept && looked.ok()) looked = look.take(event_of(draft));
    });
    CaptureContext previewed{log, context.control, context.files, context.clock, context.progress};
    CapturePreview preview;
    MESHLINE_ASSIGN(preview.report, capture(previewed, request));
    MESHLINE_TRY(looked);
    MESHLINE_ASSIGN(LookedAt found, look.finish());
    preview.misfits = misfits(request, preview.report, found, known);
    preview.kept = found.records.kept;
    preview.zone = found.records.zone().name();
    preview.first_on = found.records.first_on;
    preview.last_on = found.records.last_on;
    preview.currencies = std::move(found.records.currencies);
    // Where something is booked that says it, wherever the records do.
    if (!found.booked.currencies.empty()) preview.currencies.clear();
    for (const BookedCurrency& one : found.booked.currencies)
        preview.currencies[one.currency] = one.records;
    preview.sums = std::move(found.records.sums);
    preview.booked = std::move(found.booked.booked);
    return preview;
}

}  // namespace meshline
