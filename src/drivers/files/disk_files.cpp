#include "drivers/files/disk_files.hpp"

#include "drivers/files/byte_source.hpp"
#include "drivers/files/compressed_file.hpp"
#include "drivers/files/file_error.hpp"
#include "drivers/files/list_folder.hpp"
#include "drivers/files/write_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fmt/format.h>

namespace meshline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t text_size_max = 16 * 1024 * 1024;

}  // namespace

Result<std::unique_ptr<InputFile>> DiskFiles::open(const std::string& path) {
    MESHLINE_ASSIGN(ByteSource source, ByteSource::open(path));
    MESHLINE_TRY(source.look_ahead(magic_size_max));
    if (starts_like_gzip(source.ahead())) return read_gzip(std::move(source));
    if (starts_like_zstd(source.ahead())) return read_zstd(std::move(source));
    return read_plain(std::move(source));
}

Result<std::string> DiskFiles::read_text(const std::string& path) {
    MESHLINE_ASSIGN(ByteSource source, ByteSource::open(path));
    std::string text;
    for (;;) {
        MESHLINE_TRY(source.look_ahead(1));
        const std::string_view ahead = source.ahead();
        if (ahead.empty()) return text;
        if (text.size() + ahead.size() > text_size_max) {
            return Error{.kind = ErrorKind::exhausted,
                         .code = "files.too_large",
                         .message = fmt::format("\"{}\" is larger than {} MiB", path,
                                                text_size_max / 1024 / 1024),
                         .hint = "Definitions are small files; split it or name another."};
        }
        text += ahead;
        source.consume(ahead.size());
    }
}

Result<FileList> DiskFiles::list(const std::string& path,
                                 const std::vector<std::string>& left_out) {
    std::error_code failure;
    if (path == "-") return FileList{{path}, {}};
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status)) return open_error(path, failure ? failure.value() : ENOENT);
    if (!fs::is_directory(status)) return FileList{{path}, {}};
    return list_folder(path, left_out);
}

bool DiskFiles::is_folder(const std::string& path) {
    std::error_code failure;
    return fs::is_directory(path, failure);
}

bool DiskFiles::exists(const std::string& path) {
    std::error_code failure;
    return fs::exists(path, failure);
}

Result<void> DiskFiles::write_text(const std::string& path, const std::string& text) {
    return replace_file(path, text);
}

}  // namespace meshline
