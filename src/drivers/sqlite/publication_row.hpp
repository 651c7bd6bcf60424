#pragma once

#include "core/model/publication.hpp"
#include "drivers/sqlite/database.hpp"

#include <string>

namespace meshline {

/// What read_publication() reads.
inline constexpr const char* publication_columns =
    "sequence, client_id, metric, period, version, state, reason, log_position, log_root,"
    " definitions_digest, checks_digest, result_digest, published_at, run_id, grain, through";
inline constexpr int publication_column_count = 16;

/// Error control.corrupt where the row is none that was written.
Result<Publication> read_publication(const Statement& row, const std::string& file);

}  // namespace meshline
