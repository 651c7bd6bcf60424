#pragma once

#include "operate/answers/explained_owners.hpp"

#include <string>
#include <vector>

namespace meshline {

/// A table of what answers to whom; fields of one owner share a line.
std::string owners_text(const std::vector<ExplainedOwner>& owners);

}  // namespace meshline
