#pragma once

#include "base/result/error.hpp"
#include "core/model/entry_type.hpp"

#include <string>
#include <vector>

namespace meshline {

/// A name that a definition asks the entries of a book for and that is none of their columns: a key
/// of the attributes, which only the transforms know.
struct AskedColumn {
    std::string name;
    Place where;
    Book book = Book::commerce;
    std::string source;                ///< Of this source only; empty: of any.
    std::vector<std::string> clients;  ///< Empty: of all.
};

}  // namespace meshline
