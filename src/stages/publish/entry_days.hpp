#pragma once

#include "core/stage/stage.hpp"
#include "stages/publish/watermark.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// A stream that wrote entries of a type into a book.
struct EntryOrigin {
    std::string book;
    std::string entry_type;
    std::string source;
    std::string stream;
};

/// Brings the table `entry_days` up to the run's head, in one transaction; done twice it changes
/// nothing.
Result<void> note_entry_days(StageContext& context, const Watermarks& watermarks);

/// Every origin that the client's entries have.
Result<std::vector<EntryOrigin>> entry_origins(StageContext& context);
/// The first day with an entry that is not before `earliest`.
Result<std::optional<BusinessDate>> first_entry_day(StageContext& context, BusinessDate earliest);

}  // namespace meshline
