#include "drivers/files/compressed_file.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <zlib.h>

namespace meshline {
namespace {

/// The largest window of deflate, and a gzip wrapper around it (zlib.h, inflateInit2).
constexpr int gzip_window_bits = 15 + 16;

class GzipFile : public InputFile {
  public:
    explicit GzipFile(ByteSource source) : source_(std::move(source)) {}
    ~GzipFile() override { inflateEnd(&stream_); }
    GzipFile(const GzipFile&) = delete;
    GzipFile& operator=(const GzipFile&) = delete;

    bool start() { return inflateInit2(&stream_, gzip_window_bits) == Z_OK; }

    Result<std::size_t> read(char* into, std::size_t size) override {
        if (failure_) return *failure_;
        if (size == 0) return std::size_t{0};
        while (!is_at_end_) {
            MESHLINE_TRY(source_.look_ahead(1));
            if (!is_in_member_) {
                MESHLINE_TRY(begin_member());
                continue;
            }
            if (source_.ahead().empty()) return fail("it is cut off");
            const std::size_t made = inflate_some(into, size);
            if (made > 0) return made;
            if (failure_) return *failure_;
        }
        return std::size_t{0};
    }

  private:
    /// Between members: another one, the end, or the zeros that tapes and block devices pad with.
    Result<void> begin_member() {
        if (source_.ahead().empty()) {
            is_at_end_ = true;
        } else if (source_.ahead()[0] == '\0') {
            is_in_padding_ = true;
            const std::size_t zeros = source_.ahead().find_first_not_of('\0');
            source_.consume(std::min(zeros, source_.ahead().size()));
        } else if (is_in_padding_) {
            return fail("other bytes follow its end");
        } else {
            inflateReset(&stream_);
            is_in_member_ = true;
        }
        return {};
    }

    /// Bytes made; a failure is remembered, so that those before it are not lost.
    std::size_t inflate_some(char* into, std::size_t size) {
        const std::string_view ahead = source_.ahead();
        const std::size_t room = std::min<std::size_t>(size, std::numeric_limits<uInt>::max());
        // zlib does not write to its input; its type is older than const.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(ahead.data()));
        stream_.avail_in = static_cast<uInt>(ahead.size());
        stream_.next_out = reinterpret_cast<Bytef*>(into);
        stream_.avail_out = static_cast<uInt>(room);
        const int outcome = inflate(&stream_, Z_NO_FLUSH);
        source_.consume(ahead.size() - stream_.avail_in);
        if (outcome == Z_STREAM_END) is_in_member_ = false;
        if (outcome == Z_MEM_ERROR) failure_ = no_memory(source_);
        if (outcome == Z_DATA_ERROR || outcome == Z_NEED_DICT) {
            const char* const reason = stream_.msg != nullptr ? stream_.msg : "it is damaged";
            failure_ = bad_compression(source_, reason);
        }
        return room - stream_.avail_out;
    }

    Error fail(std::string_view reason) {
        failure_ = bad_compression(source_, reason);
        return *failure_;
    }

    ByteSource source_;
    z_stream stream_{};
    bool is_in_member_ = true;
    bool is_in_padding_ = false;
    bool is_at_end_ = false;
    std::optional<Error> failure_;
};

}  // namespace

bool starts_like_gzip(std::string_view bytes) {
    return bytes.starts_with("\x1f\x8b");
}

Result<std::unique_ptr<InputFile>> read_gzip(ByteSource source) {
    const Error failure = no_memory(source);
    auto file = std::make_unique<GzipFile>(std::move(source));
    if (!file->start()) return failure;
    return std::unique_ptr<InputFile>(std::move(file));
}

}  // namespace meshline
