#pragma once

#include "stages/capture/capture.hpp"
#include "stages/capture/preview.hpp"
#include "stages/capture/previewed_bookings.hpp"
#include "stages/capture/previewed_records.hpp"

#include <vector>

namespace meshline {

/// What records say of themselves, and what they book.
struct LookedAt {
    PreviewedRecords records;
    BookedRecords booked;
};

/// How far from what the stream has records may lie before they look like those of another year.
inline constexpr int days_apart_max = 366;

/// What makes the records of the files look like those of another client, stream or time, beside
/// those that the stream has in the log.
std::vector<Misfit> misfits(const CaptureRequest& request, const CaptureReport& report,
                            const LookedAt& found, const LookedAt& known);

}  // namespace meshline
