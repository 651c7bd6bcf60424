#pragma once

#include "operate/answers/metric_report.hpp"

#include <optional>
#include <set>
#include <string>

namespace meshline {

/// `now` dates the client's last record: "last record 3 days ago".
std::string report_text(const MetricReport& report, Instant now);

/// value_text() for people, with separated thousands.
std::string shown_value(const MetricReport& report, const std::optional<WideDecimal>& value);
/// "as of 2026-03-17, last record 3 days ago", why that is not known, or "" where nothing is
/// published; and how many events wait for a run.
std::string as_of_text(const ClientDefinition& client, const AsOf& as_of, Instant now);
/// "There are figures in USD too: --currency USD", a line each, or "".
std::string other_currencies_text(const std::set<std::string>& currencies);
/// Of MetricReport::days_left_out the first, and how many more; a line, or nothing.
std::string days_left_out_text(const std::set<BusinessDate>& days);

}  // namespace meshline
