#pragma once

#include "base/time/instant.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// How long a period is that a figure is for. Enumerators equal their stored text. `all` is the
/// client's whole time, from its first day to the log's today.
enum class Grain : std::uint8_t { day, week, month, quarter, year, all };

inline constexpr std::array grain_names = {"day", "week", "month", "quarter", "year", "all"};
/// Those that are longer than a day.
inline constexpr std::array longer_grains = {Grain::week, Grain::month, Grain::quarter, Grain::year,
                                             Grain::all};

std::optional<Grain> grain_of(std::string_view name);
std::string_view name_of(Grain grain);

/// The first day of the period that holds `day`. Weeks are ISO 8601's and begin on Monday; `all`
/// begins on 1970-01-01 whatever the client's first day is, so that it stays one period.
BusinessDate period_start(Grain grain, BusinessDate day);
/// The last day of the period that begins on `start`; of `all`, 9999-12-31, which
/// no period goes beyond.
BusinessDate period_end(Grain grain, BusinessDate start);
/// "2026-03-01", "2026-W09", "2026-03", "2026-Q1", "2026", "all".
std::string period_text(Grain grain, BusinessDate start);

}  // namespace meshline
