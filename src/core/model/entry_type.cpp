#include "core/model/entry_type.hpp"

#include <algorithm>

namespace meshline {
std::optional<Book> book_of(std::string_view name) {
    const auto found = std::ranges::find(book_names, name);
    if (found == book_names.end()) return std::nullopt;
    return static_cast<Book>(found - book_names.begin());
}

std::string_view name_of(Book book) {
    return book_names[static_cast<std::size_t>(book)];
}

}  // namespace meshline
