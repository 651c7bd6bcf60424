#include "operate/demo/seeded_random.hpp"

#include "base/result/check.hpp"

namespace meshline {

SeededRandom::SeededRandom(std::uint64_t seed, std::string_view purpose) : state_(seed) {
    // FNV-1a of the purpose, so that near names give far states.
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char letter : purpose) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    }
    state_ ^= hash;
    next();
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

std::int64_t SeededRandom::below(std::int64_t limit) {
    MESHLINE_CHECK(limit > 0);
    // The bias of the remainder is below 2^-40 for the limits used here.
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
}

std::int64_t SeededRandom::between(std::int64_t least, std::int64_t greatest) {
    return least + below(greatest - least + 1);
}

bool SeededRandom::happens(int per_mille) {
    return below(1000) < per_mille;
}

std::size_t SeededRandom::pick(std::span<const int> weights) {
    std::int64_t total = 0;
    for (const int weight : weights)
        total += weight;
    std::int64_t left = below(total);
    for (std::size_t index = 0; index < weights.size(); ++index) {
        left -= weights[index];
        if (left < 0) return index;
    }
    return weights.size() - 1;
}

std::string SeededRandom::letters(std::size_t count) {
    constexpr std::string_view alphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string text;
    for (std::size_t index = 0; index < count; ++index) {
        text.push_back(
            alphabet[static_cast<std::size_t>(below(static_cast<std::int64_t>(alphabet.size())))]);
    }
    return text;
}

}  // namespace meshline
