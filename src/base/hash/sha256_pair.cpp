#include "base/hash/sha256_pair.hpp"

#include "base/result/check.hpp"

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace meshline {
namespace {

void put_word(std::uint32_t word, std::size_t at, Digest& digest) {
    for (std::size_t index = 4; index-- > 0; word >>= 8)
        digest.bytes[at * 4 + index] = static_cast<std::uint8_t>(word & 0xff);
}

}  // namespace

Digest Sha256State::digest() const {
    Digest digest;
    put_word(feba[3], 0, digest);
    put_word(feba[2], 1, digest);
    put_word(hgdc[3], 2, digest);
    put_word(hgdc[2], 3, digest);
    put_word(feba[1], 4, digest);
    put_word(feba[0], 5, digest);
    put_word(hgdc[1], 6, digest);
    put_word(hgdc[0], 7, digest);
    return digest;
}

#ifdef __x86_64__

#define MESHLINE_SHA __attribute__((target("sha,sse4.1")))

namespace {

/// FIPS 180-4, 4.2.2.
alignas(16) constexpr std::array<std::uint32_t, 64> round_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// What the rounds change: the state in two registers, the next sixteen words of the schedule in
/// four.
struct Rounds {
    __m128i feba;
    __m128i hgdc;
    std::array<__m128i, 4> words;
};

template <class Value>
MESHLINE_SHA inline __m128i load(const Value* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// The block's words are big-endian.
MESHLINE_SHA inline void take_block(const char* block, Rounds& rounds) {
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    for (std::size_t index = 0; index < 4; ++index)
        rounds.words[index] = _mm_shuffle_epi8(load(block + 16 * index), order);
}

/// Rounds 4 * four to 4 * four + 3. A pair of rounds swaps the roles of the two registers.
MESHLINE_SHA inline void do_four(std::size_t four, Rounds& rounds) {
    auto& words = rounds.words;
    const __m128i now = words[four % 4];
    const __m128i keyed = _mm_add_epi32(now, load(round_constants.data() + 4 * four));
    rounds.hgdc = _mm_sha256rnds2_epu32(rounds.hgdc, rounds.feba, keyed);
    rounds.feba = _mm_sha256rnds2_epu32(rounds.feba, rounds.hgdc, _mm_shuffle_epi32(keyed, 0b1110));
    if (four >= 12) return;
    // The four words that come sixteen later take the place of these.
    const __m128i last = words[(four + 3) % 4];
    const __m128i seventh = _mm_alignr_epi8(last, words[(four + 2) % 4], 4);
    const __m128i summed = _mm_add_epi32(_mm_sha256msg1_epu32(now, words[(four + 1) % 4]), seventh);
    words[four % 4] = _mm_sha256msg2_epu32(summed, last);
}

MESHLINE_SHA inline void store(const Rounds& rounds, Sha256State& state) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(state.feba.data()), rounds.feba);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(state.hgdc.data()), rounds.hgdc);
}

bool find_instructions() {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    const bool has_sse41 = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_SSE4_1) != 0;
    return has_sse41 && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 &&
           (ebx & bit_SHA) != 0;
}

}  // namespace

bool has_sha256_pair() {
    static const bool has_instructions = find_instructions();
    return has_instructions;
}

MESHLINE_SHA void sha256_pair(Sha256Input one, Sha256Input other, std::size_t blocks) {
    Rounds left{load(one.state.feba.data()), load(one.state.hgdc.data()), {}};
    Rounds right{load(other.state.feba.data()), load(other.state.hgdc.data()), {}};
    for (; blocks > 0; --blocks) {
        const Rounds left_before = left;
        const Rounds right_before = right;
        take_block(one.at, left);
        take_block(other.at, right);
#pragma clang loop unroll(full)
        for (std::size_t four = 0; four < 16; ++four) {
            do_four(four, left);
            do_four(four, right);
        }
        left.feba = _mm_add_epi32(left.feba, left_before.feba);
        left.hgdc = _mm_add_epi32(left.hgdc, left_before.hgdc);
        right.feba = _mm_add_epi32(right.feba, right_before.feba);
        right.hgdc = _mm_add_epi32(right.hgdc, right_before.hgdc);
        one.at += sha256_block_bytes;
        other.at += sha256_block_bytes;
    }
    store(left, one.state);
    store(right, other.state);
}

#undef MESHLINE_SHA

#else

bool has_sha256_pair() {
    return false;
}

void sha256_pair(Sha256Input, Sha256Input, std::size_t) {
    MESHLINE_CHECK(false);
}

#endif

}  // namespace meshline
