#pragma once

#include "base/money/wide_money.hpp"
#include "base/time/instant.hpp"
#include "stages/capture/capture.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// What makes files look like those of another client, stream or time.
struct Misfit {
    /// other_currency, other_offset, before_start, ahead, mostly_failed.
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
    /// How many there are of each currency; of "" those that state none.
    std::map<std::string, std::int64_t> currencies;
    /// The sum of each field of money in each currency.
    std::map<std::pair<std::string, std::string>, WideDecimal> sums;
    std::vector<Misfit> misfits;
};

/// Reads the files as capture() would, and writes nothing.
Result<CapturePreview> preview_capture(CaptureContext& context, CaptureRequest request);

}  // namespace meshline
