#include "drivers/sqlite/publication_row.hpp"

#include "drivers/sqlite/control_damage.hpp"

#include <fmt/format.h>

namespace meshline {

Result<Publication> read_publication(const Statement& row, const std::string& file) {
    Publication read;
    read.sequence = row.integer(0);
    read.client = ClientId(row.text(1));
    read.metric = row.text(2);
    read.period = BusinessDate{static_cast<std::int32_t>(row.integer(3))};
    read.version = static_cast<int>(row.integer(4));
    const auto state = publication_state_of(row.text(5));
    const auto grain = grain_of(row.text(14));
    if (!state || !grain) {
        return control_corrupt(
            file, fmt::format("publication {} of {} has the state \"{}\" and the grain \"{}\"",
                              read.sequence, read.metric, row.text(5), row.text(14)));
    }
    read.state = *state;
    read.reason = row.text(6);
    read.log_position = static_cast<Position>(row.integer(7));
    MESHLINE_ASSIGN(read.log_root, row.digest(8));
    MESHLINE_ASSIGN(read.definitions_digest, row.digest(9));
    MESHLINE_ASSIGN(read.checks_digest, row.digest(10));
    MESHLINE_ASSIGN(read.result_digest, row.digest(11));
    read.published_at = Instant{row.integer(12)};
    read.run = RunId(row.text(13));
    read.grain = *grain;
    read.through = BusinessDate{static_cast<std::int32_t>(row.integer(15))};
    return read;
}

}  // namespace meshline
