#pragma once

#include "base/money/wide_money.hpp"
#include "base/time/instant.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"
#include "stages/capture/capture.hpp"
#include "stages/capture/previewed_bookings.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// What makes files look like those of another client, stream or time.
struct Misfit {
    /// other_currency, other_offset, other_zone, other_country, before_start, far_days, ahead,
    /// mostly_failed, not_booked.
    std::string code;
    std::string message;
};

/// What a capture would bring, of which nothing was written.
struct CapturePreview {
    CaptureReport report;
    /// Of the records that keep their contract, new or not: the days on which they happened, as the
    /// source's zone has them.
    std::int64_t kept = 0;
    std::string zone;
    std::optional<BusinessDate> first_on;
    std::optional<BusinessDate> last_on;
    /// How many book something in each currency; where nothing is booked, how many state it, of ""
    /// those that state none.
    std::map<std::string, std::int64_t> currencies;
    /// The sum of each field of money in each currency.
    std::map<std::pair<std::string, std::string>, WideDecimal> sums;
    /// What a run would book of them, in the client's days, each record for itself.
    std::vector<Booked> booked;
    std::vector<Misfit> misfits;
};

/// Where the records are booked on trial.
struct PreviewBooks {
    TransformEngine& transforms;
    Warehouse& scratch;  ///< Empty, and thrown away afterwards.
};

/// Reads the files as capture() would, and writes nothing. Error as of TransformEngine::compile().
Result<CapturePreview> preview_capture(CaptureContext& context, const PreviewBooks& books,
                                       CaptureRequest request);

}  // namespace meshline
