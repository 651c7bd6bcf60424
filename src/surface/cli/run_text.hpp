#pragma once

#include "base/json/json_writer.hpp"
#include "operate/orchestrate/orchestrate.hpp"

#include <string>
#include <vector>

namespace meshline {

/// A run's reports for people, and as JSON.
std::string run_text(const std::vector<ClientReport>& reports);
std::string run_json(const std::vector<ClientReport>& reports);
/// The value of "runs".
void write_runs(JsonWriter& writer, const std::vector<ClientReport>& reports);

}  // namespace meshline
