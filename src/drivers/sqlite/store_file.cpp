#include "drivers/sqlite/store_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace meshline {
namespace {

Error failed(const std::string& path, int number) {
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        return Error{.kind = ErrorKind::exhausted,
                     .code = "control.disk_full",
                     .message = "no space left for the control store",
                     .hint = "Free some space, then run it again."}
            .at({.file = path});
    }
    return Error{.kind = ErrorKind::unavailable,
                 .code = "control.failed",
                 .message = fmt::format("the control store failed: {}",
                                        std::generic_category().message(number))}
        .at({.file = path});
}

class OpenFile {
  public:
    OpenFile(const std::string& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

  private:
    const int descriptor_;
};

Result<void> sync(const std::string& path) {
    const OpenFile file(path, O_RDONLY);
    if (!file.is_open() || ::fsync(file.descriptor()) != 0) return failed(path, errno);
    return {};
}

}  // namespace

Result<std::string> read_store_file(const std::string& path) {
    const OpenFile file(path, O_RDONLY);
    if (!file.is_open() && errno == ENOENT) return std::string();
    if (!file.is_open()) return failed(path, errno);
    std::string text;
    std::array<char, 4096> bytes{};
    while (true) {
        const ssize_t count = ::read(file.descriptor(), bytes.data(), bytes.size());
        if (count == 0) return text;
        if (count < 0 && errno != EINTR) return failed(path, errno);
        if (count > 0) text.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

Result<void> write_store_file(const std::string& path, std::uint64_t offset,
                              std::string_view bytes) {
    const OpenFile file(path, O_WRONLY | O_CREAT);
    if (!file.is_open()) return failed(path, errno);
    // The system may take a part only; where there is no more room, the rest tells.
    while (!bytes.empty()) {
        const ssize_t count =
            ::pwrite(file.descriptor(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed(path, errno);
        if (count == 0) return failed(path, ENOSPC);
        bytes.remove_prefix(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

Result<std::uint64_t> size_of_store_file(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0) return static_cast<std::uint64_t>(status.st_size);
    if (errno == ENOENT || errno == ENOTDIR) return std::uint64_t{0};
    return failed(path, errno);
}

Result<void> remove_store_file(const std::string& path) {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
    return failed(path, errno);
}

Result<void> put_in_place(const std::string& path, const std::string& target) {
    MESHLINE_TRY(sync(path));
    if (::rename(path.c_str(), target.c_str()) != 0) return failed(target, errno);
    const std::filesystem::path folder = std::filesystem::path(target).parent_path();
    return sync(folder.empty() ? "." : folder.string());
}

}  // namespace meshline
