#include "stages/normalize/stream_books.hpp"

namespace meshline {

std::set<Book> books_of(const SourceDefinition* source, std::string_view stream_name) {
    std::set<Book> books;
    const StreamDefinition* stream = source ? source->pack->find(stream_name) : nullptr;
    if (!stream) return books;
    for (const PackTransform& transform : stream->transforms) {
        if (transform.into == "entries") books.insert(transform.book);
    }
    return books;
}

}  // namespace meshline
