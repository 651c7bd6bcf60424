#include "drivers/files/disk_files.hpp"

#include "drivers/files/byte_source.hpp"
#include "drivers/files/compressed_file.hpp"
#include "drivers/files/file_error.hpp"
#include "drivers/files/write_file.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fmt/format.h>

namespace meshline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t text_size_max = 16 * 1024 * 1024;

bool is_hidden(const fs::path& path) {
    return path.filename().native().starts_with('.');
}

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

Result<std::vector<std::string>> DiskFiles::list(const std::string& path) {
    std::error_code failure;
    if (path == "-") return std::vector<std::string>{path};
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status)) return open_error(path, failure ? failure.value() : ENOENT);
    if (!fs::is_directory(status)) return std::vector<std::string>{path};

    std::vector<std::string> files;
    fs::recursive_directory_iterator entry(path, failure);
    while (!failure && entry != fs::recursive_directory_iterator()) {
        const bool is_left_out = is_hidden(entry->path());
        if (is_left_out) entry.disable_recursion_pending();
        // A link that leads nowhere is no regular file, and no reason to stop.
        std::error_code unknown;
        if (!is_left_out && entry->is_regular_file(unknown))
            files.push_back(entry->path().string());
        entry.increment(failure);
    }
    if (failure) return open_error(path, failure.value());
    std::ranges::sort(files);
    return files;
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
