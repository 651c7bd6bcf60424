#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// RFC 6962 section 2.1: SHA-256(0x00 || leaf) and SHA-256(0x01 || left || right).
Digest merkle_leaf(std::string_view leaf);
Digest merkle_node(const Digest& left, const Digest& right);

/// Leaves that are hashed together, which takes about half as long as one by one.
class MerkleLeaves {
  public:
    void add(std::string_view leaf);
    std::size_t size() const { return ends_.size(); }
    /// merkle_leaf() of each that was added, in order. None is left.
    std::vector<Digest> finish();

  private:
    std::string text_;  ///< Each behind its prefix.
    std::vector<std::size_t> ends_;
};

/// The root of the empty tree: SHA-256 of nothing.
Digest merkle_empty_root();

/// A growing RFC 6962 tree of which only the right edge is kept: the roots of the perfect subtrees
/// of its size, largest first. Appending is O(1) amortised, the root O(log n).
class MerkleFrontier {
  public:
    MerkleFrontier() = default;
    /// Takes a stored edge back up. Error merkle.bad_frontier when `nodes` does not fit `size`.
    static Result<MerkleFrontier> restore(std::uint64_t size, std::span<const Digest> nodes);

    void append(const Digest& leaf_hash);
    std::uint64_t size() const { return size_; }
    Digest root() const;
    std::span<const Digest> nodes() const { return nodes_; }

  private:
    std::uint64_t size_ = 0;
    std::vector<Digest> nodes_;
};

}  // namespace meshline
