#pragma once

#include "core/workspace/definitions.hpp"

#include <set>
#include <string_view>

namespace meshline {

/// The books that the stream's events go to; none where the source is gone.
std::set<Book> books_of(const SourceDefinition* source, std::string_view stream);

}  // namespace meshline
