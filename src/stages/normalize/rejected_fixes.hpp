#pragma once

#include "core/workspace/client_definition.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// Why events of one stream were rejected.
struct RejectedCause {
    std::string_view kind;
    std::string_view code;
    const SourceDefinition* source = nullptr;  ///< Null where the client has it no more.
    std::string_view stream;
};

/// What mends it, best first: a name of fix_names and a sentence. Nothing is proposed that would
/// lose what the records hold, and no event is said to be taken up that has to be captured again.
std::vector<std::pair<std::string, std::string>> rejected_fixes(const RejectedCause& cause);

}  // namespace meshline
