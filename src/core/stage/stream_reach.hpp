#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/stage/stage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// How far a connected stream of the client has come, as the prefix knows it. A stream is connected
/// from the first capture that names it, also one without a record. An earlier revision is a record
/// of its day whether it came before the later one or after.
struct StreamReach {
    std::string source;
    std::string stream;
    /// The first and the last business date that its records tell of; not before the client's
    /// earliest day nor after the log's today, for a record dated ahead says nothing of the days
    /// before it, and one with a lost date nothing of those after it. Nothing where there is no
    /// such record.
    std::optional<BusinessDate> first_on;
    std::optional<BusinessDate> last_on;
    /// When its last record came.
    std::optional<Instant> last_received_at;

    std::string name() const { return source + "/" + stream; }
};

/// The client's connected streams that the workspace lists, by source and stream.
Result<std::vector<StreamReach>> stream_reaches(StageContext& context);

}  // namespace meshline
