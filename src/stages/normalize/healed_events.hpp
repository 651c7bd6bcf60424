#pragma once

#include "core/stage/stage.hpp"

namespace meshline {

/// Makes the temporary table `healed (position)`: the rejected events of the client that a good one
/// made up for. Which one does follows from what the stream's records are:
///
///   with revisions     the object is what revisions replace. A revision of it that is not older
///                      does: the failed one would not be its state. One that is older does not,
///                      whenever it comes.
///   without revisions  the event is what the record is, and an object may be several events. The
///                      event with the id that the failed record would have had does, if it came
///                      later; no other event of the object.
///
/// A failed event whose revision or id nobody can read is healed by none. One that only waits to be
/// captured again has been when it came as a conflict, which has its own exception.
Result<void> make_healed(StageContext& context);

}  // namespace meshline
