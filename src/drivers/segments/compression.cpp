#include "drivers/segments/compression.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>
#include <zstd.h>

namespace meshline {
namespace {

/// What a thread keeps between blocks; a rare huge event's buffer is given back.
constexpr std::size_t scratch_bytes_max = 4 << 20;

/// Making a context fails for want of memory alone; callers turn what is thrown into an error.
template <class Context>
Context* required(Context* context) {
    if (context == nullptr) throw std::bad_alloc();
    return context;
}

struct FreeCompressor {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

void compress(std::string_view raw, int level, std::string& out) {
    // A context is some hundred KiB; making one per block would cost more than a small block.
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(
        required(ZSTD_createCCtx()));
    // The bound is several times what comes out; fresh memory for it would be cleared by the system
    // and touched page by page for each block.
    thread_local std::vector<char> packed;
    packed.resize(std::max(packed.size(), ZSTD_compressBound(raw.size())));
    const std::size_t written = ZSTD_compressCCtx(context.get(), packed.data(), packed.size(),
                                                  raw.data(), raw.size(), level);
    // The bound is met and the level valid: nothing but memory can be missing.
    if (ZSTD_isError(written)) throw std::bad_alloc();
    out.append(packed.data(), written);
    if (packed.size() > scratch_bytes_max) packed = std::vector<char>();
}

bool decompress(std::string_view stored, std::string& into) {
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(
        required(ZSTD_createDCtx()));
    const std::size_t written =
        ZSTD_decompressDCtx(context.get(), into.data(), into.size(), stored.data(), stored.size());
    return !ZSTD_isError(written) && written == into.size();
}

}  // namespace meshline
