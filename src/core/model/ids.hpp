#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace meshline {

/// A name that cannot be mistaken for another kind of name.
template <class Tag>
class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}
    const std::string& text() const { return text_; }
    bool is_empty() const { return text_.empty(); }
    friend auto operator<=>(const Id&, const Id&) = default;

  private:
    std::string text_;
};

using ClientId = Id<struct ClientTag>;
using RunId = Id<struct RunTag>;
using ExceptionId = Id<struct ExceptionTag>;

/// A place in a client's log partition: the first event has position 1, and a prefix is named by
/// the position of its last event. Position 0 is the empty prefix. The event at position p is leaf
/// p - 1 of the client's Merkle tree, so a position is also a tree size.
using Position = std::uint64_t;

/// Names of clients, sources, streams, metrics and the like: a-z, 0-9 and _, a letter first, 64
/// characters at most.
bool is_name(std::string_view text);

}  // namespace meshline
