#include "drivers/segments/folder.hpp"

#include "drivers/segments/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace meshline::inline segments {
namespace {

constexpr std::uint64_t small_file_bytes_max = 4 << 20;

std::string parent_of(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

bool file_exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

Result<std::string> read_small_file(const std::string& path) {
    std::string bytes;
    if (!file_exists(path)) return bytes;
    MESHLINE_ASSIGN(const File file, File::open(path, FileMode::read));
    MESHLINE_ASSIGN(const FileStamp stamp, file.stamp());
    MESHLINE_TRY(file.read_at(0, std::min(stamp.bytes, small_file_bytes_max), bytes));
    return bytes;
}

Result<void> replace_file(const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".new";
    MESHLINE_ASSIGN(File file, File::open(beside, FileMode::create));
    MESHLINE_TRY(file.write_at(0, std::array{bytes}));
    MESHLINE_TRY(file.sync_data());
    if (std::rename(beside.c_str(), path.c_str()) != 0) return write_error(path, errno);
    return sync_folder(parent_of(path));
}

Result<void> remove_file(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return write_error(path, errno);
    return {};
}

Result<std::string> make_temporary_file(const std::string& name) {
    std::error_code reason;
    const auto folder = std::filesystem::temp_directory_path(reason);
    std::string path = (folder / (name + "-XXXXXX")).string();
    const int descriptor = reason ? -1 : ::mkstemp(path.data());
    if (descriptor < 0) return write_error(path, reason ? reason.value() : errno);
    ::close(descriptor);
    return path;
}

Result<void> make_folders(const std::string& path) {
    std::size_t end = 0;
    while (end < path.size()) {
        end = std::min(path.find('/', end + 1), path.size());
        const std::string folder = path.substr(0, end);
        if (::mkdir(folder.c_str(), 0777) != 0) {
            // Another process of the user may have made it; only what is missing is our concern.
            if (errno == EEXIST || file_exists(folder)) continue;
            return write_error(folder, errno);
        }
        MESHLINE_TRY(sync_folder(parent_of(folder)));
    }
    return {};
}

Result<void> sync_folder(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return write_error(path, errno);
    const int synced = ::fsync(descriptor);
    const int error_number = errno;
    ::close(descriptor);
    if (synced != 0) return write_error(path, error_number);
    return {};
}

Result<std::vector<std::string>> list_folder(const std::string& path) {
    std::vector<std::string> names;
    DIR* const folder = ::opendir(path.c_str());
    if (folder == nullptr) {
        if (errno == ENOENT || errno == ENOTDIR) return names;
        return read_error(path, errno);
    }
    errno = 0;
    while (const dirent* entry = ::readdir(folder)) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(name);
    }
    const int error_number = errno;
    ::closedir(folder);
    if (error_number != 0) return read_error(path, error_number);
    std::ranges::sort(names);
    return names;
}

}  // namespace meshline::inline segments
