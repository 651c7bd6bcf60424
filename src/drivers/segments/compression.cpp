#include "drivers/segments/compression.hpp"

#include "base/result/check.hpp"

#include <cstddef>
#include <memory>
#include <zstd.h>

namespace meshline {
namespace {

struct FreeCompressor {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

void compress(std::string_view raw, int level, std::string& out) {
    // A context is some hundred KiB; making one per block would cost more than a small block.
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
    MESHLINE_CHECK(context != nullptr);
    const std::size_t before = out.size();
    out.resize(before + ZSTD_compressBound(raw.size()));
    const std::size_t written = ZSTD_compressCCtx(
        context.get(), out.data() + before, out.size() - before, raw.data(), raw.size(), level);
    MESHLINE_CHECK(!ZSTD_isError(written));
    out.resize(before + written);
}

bool decompress(std::string_view stored, std::string& into) {
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
    MESHLINE_CHECK(context != nullptr);
    const std::size_t written =
        ZSTD_decompressDCtx(context.get(), into.data(), into.size(), stored.data(), stored.size());
    return !ZSTD_isError(written) && written == into.size();
}

}  // namespace meshline
