#pragma once

#include "base/time/instant.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace meshline {

/// A day's measure: a count, or a sum of amounts in millionths, below 10^38.
struct DayValue {
    BusinessDate day;
    __int128 value = 0;
};

struct VolumeOptions {
    int window_days = 56;
    int history_days_min = 14;
    /// Score above which a day is an anomaly, in thousandths.
    int threshold_milli = 4000;
};

struct VolumeAnomaly {
    DayValue observed;
    __int128 expected = 0;
    __int128 low = 0;  ///< Values within [low, high] are normal.
    __int128 high = 0;
};

/// Judges every day that has enough history, in order of time. Source of the score: B. Iglewicz and
/// D. Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 (x - median) / MAD.
///
/// The baseline of a day is the window before it, without days found anomalous earlier and without
/// the day itself. Season: each day of the window is brought to the judged day's level by the ratio
/// of the medians of their weekdays, and of month ends to other days where the window has two month
/// ends at least. A season is the median of several days, so one strange day does not bend it; it
/// is read from all past days, or a season that first looked strange would look so for ever. The
/// MAD is taken to be at least a twentieth of the median, so that a quiet history does not make
/// every ripple an alarm. Sums beyond 10^12 are judged in a unit that leaves them 18 digits. Days
/// without a value must be given as zero.
///
/// A weekday whose median is zero is one on which the shop is closed: nothing is expected of it,
/// and it says nothing of other days. Days of zero that follow an anomalous one are the same
/// silence: they are anomalies however long it lasts, and none of them teaches the baseline.
std::vector<VolumeAnomaly> find_volume_anomalies(const std::vector<DayValue>& days,
                                                 const VolumeOptions& options);

}  // namespace meshline
