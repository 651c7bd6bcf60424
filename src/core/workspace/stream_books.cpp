#include "core/workspace/stream_books.hpp"

namespace meshline {

std::set<Book> stream_books(const SourceDefinition& source, std::string_view stream) {
    std::set<Book> books;
    const StreamDefinition* found = source.pack->find(stream);
    if (!found) return books;
    for (const PackTransform& transform : found->transforms) {
        if (transform.into == "entries") books.insert(transform.book);
    }
    return books;
}

std::set<Book> source_books(const SourceDefinition& source) {
    std::set<Book> books;
    for (const std::string& stream : source.streams)
        books.merge(stream_books(source, stream));
    return books;
}

}  // namespace meshline
