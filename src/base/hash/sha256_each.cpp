#include "base/hash/sha256_each.hpp"

#include "base/hash/sha256_pair.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace meshline {
namespace {

/// Takes one text after the other through the rounds: its whole blocks where they lie, then its
/// end.
class Lane {
  public:
    Lane() = default;
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    bool is_done() const { return blocks_ == 0 && end_blocks_ == 0; }

    /// Both must stay until the lane is done.
    void begin(std::string_view text, Digest& digest) {
        digest_ = &digest;
        state_ = {};
        at_ = text.data();
        blocks_ = text.size() / sha256_block_bytes;
        // FIPS 180-4, 5.1.1: what is left of the text, a bit, zeros, the text's length in bits.
        const std::string_view rest = text.substr(blocks_ * sha256_block_bytes);
        end_.fill('\0');
        std::ranges::copy(rest, end_.begin());
        end_[rest.size()] = '\x80';
        end_blocks_ = rest.size() + 1 + sizeof(std::uint64_t) <= sha256_block_bytes ? 1 : 2;
        std::uint64_t bits = std::uint64_t{text.size()} * 8;
        for (std::size_t at = end_blocks_ * sha256_block_bytes; bits != 0; bits >>= 8)
            end_[--at] = static_cast<char>(bits & 0xff);
        turn_to_end();
    }

    /// As far as the one goes that is sooner at the end of its blocks; neither is done.
    static void advance(Lane& one, Lane& other) {
        const std::size_t blocks = std::min(one.blocks_, other.blocks_);
        sha256_pair({one.state_, one.at_}, {other.state_, other.at_}, blocks);
        one.pass(blocks);
        other.pass(blocks);
    }

    /// Beside a copy of itself, which takes no longer.
    void advance_alone() {
        Sha256State copy = state_;
        const std::size_t blocks = blocks_;
        sha256_pair({state_, at_}, {copy, at_}, blocks);
        pass(blocks);
    }

  private:
    void pass(std::size_t blocks) {
        at_ += blocks * sha256_block_bytes;
        blocks_ -= blocks;
        turn_to_end();
        if (is_done()) *digest_ = state_.digest();
    }

    void turn_to_end() {
        if (blocks_ > 0) return;
        at_ = end_.data();
        blocks_ = std::exchange(end_blocks_, 0);
    }

    Digest* digest_ = nullptr;
    Sha256State state_;
    const char* at_ = nullptr;
    std::size_t blocks_ = 0;
    std::size_t end_blocks_ = 0;
    std::array<char, 2 * sha256_block_bytes> end_{};
};

void hash_side_by_side(std::span<const std::string_view> texts, std::span<Digest> digests) {
    Lane left;
    Lane right;
    std::size_t next = 0;
    while (true) {
        for (Lane* lane : {&left, &right}) {
            if (!lane->is_done() || next == texts.size()) continue;
            lane->begin(texts[next], digests[next]);
            ++next;
        }
        if (left.is_done() && right.is_done()) return;
        if (left.is_done()) {
            right.advance_alone();
        } else if (right.is_done()) {
            left.advance_alone();
        } else {
            Lane::advance(left, right);
        }
    }
}

}  // namespace

std::vector<Digest> sha256_each(std::span<const std::string_view> texts) {
    std::vector<Digest> digests(texts.size());
    if (has_sha256_pair()) {
        hash_side_by_side(texts, digests);
    } else {
        std::ranges::transform(texts, digests.begin(), sha256);
    }
    return digests;
}

}  // namespace meshline
