#pragma once

#include "core/model/entry_type.hpp"
#include "core/workspace/client_definition.hpp"

#include <set>
#include <string_view>

namespace meshline {

/// The books that entries of the source's stream go to; none for a stream that the pack lacks.
std::set<Book> stream_books(const SourceDefinition& source, std::string_view stream);
/// Of all streams that the source lists.
std::set<Book> source_books(const SourceDefinition& source);

}  // namespace meshline
