#include "base/merkle/merkle.hpp"

#include "base/hash/sha256_each.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr char leaf_prefix = 0;

}  // namespace

Digest merkle_leaf(std::string_view leaf) {
    Sha256 hash;
    hash.update({&leaf_prefix, 1});
    hash.update(leaf);
    return hash.finish();
}

Digest merkle_node(const Digest& left, const Digest& right) {
    std::array<char, 65> bytes;
    bytes[0] = 1;
    std::ranges::copy(left.view(), bytes.begin() + 1);
    std::ranges::copy(right.view(), bytes.begin() + 33);
    return sha256({bytes.data(), bytes.size()});
}

void MerkleLeaves::add(std::string_view leaf) {
    text_.push_back(leaf_prefix);
    text_ += leaf;
    ends_.push_back(text_.size());
}

std::vector<Digest> MerkleLeaves::finish() {
    std::vector<std::string_view> leaves;
    leaves.reserve(ends_.size());
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
        leaves.push_back(std::string_view(text_).substr(begin, end - begin));
        begin = end;
    }
    std::vector<Digest> digests = sha256_each(leaves);
    text_.clear();
    ends_.clear();
    return digests;
}

Digest merkle_empty_root() {
    return sha256("");
}

Result<MerkleFrontier> MerkleFrontier::restore(std::uint64_t size, std::span<const Digest> nodes) {
    if (nodes.size() != static_cast<std::size_t>(std::popcount(size))) {
        return Error{
            .kind = ErrorKind::corrupt,
            .code = "merkle.bad_frontier",
            .message = fmt::format("a tree of {} leaves has an edge of {} nodes, not of {}", size,
                                   std::popcount(size), nodes.size())};
    }
    MerkleFrontier frontier;
    frontier.size_ = size;
    frontier.nodes_.assign(nodes.begin(), nodes.end());
    return frontier;
}

void MerkleFrontier::append(const Digest& leaf_hash) {
    // Like adding one to a binary counter: each carry joins two subtrees of the same size.
    Digest node = leaf_hash;
    for (std::uint64_t carry = size_; carry & 1; carry >>= 1) {
        node = merkle_node(nodes_.back(), node);
        nodes_.pop_back();
    }
    nodes_.push_back(node);
    ++size_;
}

Digest MerkleFrontier::root() const {
    if (nodes_.empty()) return merkle_empty_root();
    Digest root = nodes_.back();
    for (std::size_t index = nodes_.size() - 1; index-- > 0;) {
        root = merkle_node(nodes_[index], root);
    }
    return root;
}

}  // namespace meshline
