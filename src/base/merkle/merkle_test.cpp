// Goal: roots are those of RFC 6962, and a stored edge goes on as if it had never been stored.
// Method: the known answers of the Certificate Transparency project, and a second, recursive
// implementation written straight from the RFC's definition.
#include "base/merkle/merkle.hpp"

#include <bit>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

const std::vector<std::string>& known_leaves() {
    static const std::vector<std::string> leaves = {
        "",
        std::string(1, '\0'),
        "\x10",
        "\x20\x21",
        "\x30\x31",
        "\x40\x41\x42\x43",
        "\x50\x51\x52\x53\x54\x55\x56\x57",
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
    return leaves;
}

/// MTH of RFC 6962 section 2.1, word for word.
Digest root_by_definition(std::span<const Digest> leaves) {
    if (leaves.empty()) return sha256("");
    if (leaves.size() == 1) return leaves[0];
    const std::size_t left = std::bit_ceil(leaves.size()) / 2;
    return merkle_node(root_by_definition(leaves.first(left)),
                       root_by_definition(leaves.subspan(left)));
}

std::vector<Digest> numbered_leaves(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t index = 0; index < count; ++index) {
        leaves.push_back(merkle_leaf("leaf " + std::to_string(index)));
    }
    return leaves;
}

MerkleFrontier frontier_of(std::span<const Digest> leaves) {
    MerkleFrontier frontier;
    for (const Digest& leaf : leaves)
        frontier.append(leaf);
    return frontier;
}

TEST(Merkle, gives_the_known_roots) {
    const char* const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    MerkleFrontier frontier;
    EXPECT_EQ(frontier.root().hex(), roots[0]);
    for (std::size_t index = 0; index < known_leaves().size(); ++index) {
        frontier.append(merkle_leaf(known_leaves()[index]));
        EXPECT_EQ(frontier.root().hex(), roots[index + 1]) << index + 1;
    }
}

TEST(Merkle, equals_the_definition_at_every_size) {
    const std::vector<Digest> leaves = numbered_leaves(200);
    MerkleFrontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        EXPECT_EQ(frontier.root(), root_by_definition(std::span(leaves).first(size))) << size;
        EXPECT_EQ(frontier.size(), size);
        EXPECT_EQ(frontier.nodes().size(), static_cast<std::size_t>(std::popcount(size)));
        if (size < leaves.size()) frontier.append(leaves[size]);
    }
}

TEST(Merkle, a_leaf_is_no_node) {
    const Digest left = merkle_leaf("a");
    const Digest right = merkle_leaf("b");
    const std::string joined = std::string(left.view()) + std::string(right.view());
    EXPECT_NE(merkle_leaf(joined), merkle_node(left, right));
    EXPECT_NE(merkle_node(right, left), merkle_node(left, right));
}

TEST(Merkle, a_restored_edge_goes_on_as_if_never_stored) {
    EXPECT_TRUE(rc::check([] {
        const std::size_t size = *rc::gen::inRange<std::size_t>(0, 150);
        const std::size_t stored_at = *rc::gen::inRange<std::size_t>(0, size + 1);
        const std::vector<Digest> leaves = numbered_leaves(size);
        const MerkleFrontier before = frontier_of(std::span(leaves).first(stored_at));
        Result<MerkleFrontier> restored = MerkleFrontier::restore(before.size(), before.nodes());
        RC_ASSERT(restored.ok());
        for (std::size_t index = stored_at; index < size; ++index)
            restored->append(leaves[index]);
        RC_ASSERT(restored->root() == root_by_definition(leaves));
        RC_ASSERT(restored->size() == size);
    }));
}

TEST(Merkle, refuses_an_edge_that_does_not_fit_its_size) {
    const std::vector<Digest> leaves = numbered_leaves(3);
    const MerkleFrontier frontier = frontier_of(leaves);
    EXPECT_TRUE(MerkleFrontier::restore(0, {}).ok());
    EXPECT_TRUE(MerkleFrontier::restore(3, frontier.nodes()).ok());
    EXPECT_EQ(MerkleFrontier::restore(4, frontier.nodes()).error().code, "merkle.bad_frontier");
    EXPECT_EQ(MerkleFrontier::restore(7, frontier.nodes()).error().code, "merkle.bad_frontier");
    EXPECT_EQ(MerkleFrontier::restore(0, frontier.nodes()).error().code, "merkle.bad_frontier");
}

TEST(MerkleLeaves, gives_the_hash_of_each_leaf_and_starts_afresh) {
    MerkleLeaves leaves;
    EXPECT_TRUE(leaves.finish().empty());
    for (int round = 0; round < 2; ++round) {
        for (const std::string& leaf : known_leaves())
            leaves.add(leaf);
        EXPECT_EQ(leaves.size(), known_leaves().size());
        const std::vector<Digest> hashes = leaves.finish();
        ASSERT_EQ(hashes.size(), known_leaves().size());
        for (std::size_t index = 0; index < hashes.size(); ++index)
            EXPECT_EQ(hashes[index], merkle_leaf(known_leaves()[index]));
    }
}

}  // namespace
}  // namespace meshline
