#include "drivers/files/compressed_file.hpp"

#include <optional>
#include <zstd.h>
#include <zstd_errors.h>

namespace meshline {
namespace {

class ZstdFile : public InputFile {
  public:
    explicit ZstdFile(ByteSource source) : source_(std::move(source)), stream_(ZSTD_createDCtx()) {}

    bool is_started() const { return stream_ != nullptr; }

    Result<std::size_t> read(char* into, std::size_t size) override {
        if (failure_) return *failure_;
        if (size == 0) return std::size_t{0};
        for (;;) {
            MESHLINE_TRY(source_.look_ahead(1));
            const std::string_view ahead = source_.ahead();
            if (ahead.empty() && is_between_frames_) return std::size_t{0};
            ZSTD_inBuffer in{ahead.data(), ahead.size(), 0};
            ZSTD_outBuffer out{into, size, 0};
            const std::size_t outcome = ZSTD_decompressStream(stream_.get(), &out, &in);
            source_.consume(in.pos);
            if (ZSTD_isError(outcome)) {
                failure_ = error_of(outcome);
            } else {
                is_between_frames_ = outcome == 0;
                // The end of the file, and nothing was held back inside either.
                if (ahead.empty() && out.pos == 0 && !is_between_frames_) {
                    failure_ = bad_compression(source_, "it is cut off");
                }
            }
            // Bytes before the damage come first, the error with the next call.
            if (out.pos > 0) return out.pos;
            if (failure_) return *failure_;
        }
    }

  private:
    struct FreeStream {
        void operator()(ZSTD_DCtx* stream) const { ZSTD_freeDCtx(stream); }
    };

    Error error_of(std::size_t outcome) const {
        if (ZSTD_getErrorCode(outcome) == ZSTD_error_memory_allocation) return no_memory(source_);
        return bad_compression(source_, ZSTD_getErrorName(outcome));
    }

    ByteSource source_;
    std::unique_ptr<ZSTD_DCtx, FreeStream> stream_;
    bool is_between_frames_ = false;
    std::optional<Error> failure_;
};

}  // namespace

bool starts_like_zstd(std::string_view bytes) {
    if (bytes.starts_with("\x28\xb5\x2f\xfd")) return true;
    // A skippable frame (RFC 8878, 3.1.2): 16 magic numbers, as pzstd writes in front.
    return bytes.size() >= magic_size_max && (bytes[0] & 0xf0) == 0x50 &&
           bytes.substr(1, 3) == "\x2a\x4d\x18";
}

Result<std::unique_ptr<InputFile>> read_zstd(ByteSource source) {
    const Error failure = no_memory(source);
    auto file = std::make_unique<ZstdFile>(std::move(source));
    if (!file->is_started()) return failure;
    return std::unique_ptr<InputFile>(std::move(file));
}

}  // namespace meshline
