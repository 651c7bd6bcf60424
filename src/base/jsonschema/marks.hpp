#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace meshline {

/// Which items of an array, or members of an object, some keyword has evaluated: what
/// "unevaluatedItems" and "unevaluatedProperties" ask. Frames lie on one stack that is kept between
/// instances, so that marking allocates nothing once it has grown.
class MarkStack {
  public:
    struct Frame {
        std::size_t offset = 0;
        std::size_t words = 0;
    };

    Frame push(std::size_t count) {
        const Frame frame{words_.size(), (count + 63) / 64};
        words_.resize(words_.size() + frame.words, 0);
        return frame;
    }
    /// The frame must be the last one pushed.
    void pop(const Frame& frame) { words_.resize(frame.offset); }

    void mark(const Frame& frame, std::size_t index) {
        words_[frame.offset + index / 64] |= std::uint64_t{1} << index % 64;
    }
    bool is_marked(const Frame& frame, std::size_t index) const {
        return (words_[frame.offset + index / 64] >> index % 64 & 1) != 0;
    }
    void mark_all(const Frame& frame) {
        for (std::size_t word = 0; word < frame.words; ++word)
            words_[frame.offset + word] = ~std::uint64_t{0};
    }
    /// Both frames are of the same value.
    void merge(const Frame& from, const Frame& into) {
        for (std::size_t word = 0; word < from.words; ++word)
            words_[into.offset + word] |= words_[from.offset + word];
    }

  private:
    std::vector<std::uint64_t> words_;
};

}  // namespace meshline
