#include "faults/fault_double.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

namespace meshline::test {
namespace {

/// What a file was before a write that is not synced yet.
struct Undo {
    std::string path;
    off_t offset = 0;
    std::string bytes;
    off_t size = 0;
};

/// What the call that asks is to do.
enum class Verdict : std::uint8_t { go_on, fail, half, half_and_die };
enum class CallKind : std::uint8_t { write, make, sync, other };

/// The one of the process. Calls come from any thread.
class Double {
  public:
    void arm(const std::string& folder, const Fault& fault, FaultReport& report) {
        folder_ = folder + "/";
        fault_ = fault;
        report_ = &report;
    }

    std::mutex& mutex() { return mutex_; }

    /// The file behind the descriptor, where it is one that is watched.
    std::optional<std::string> watched(int descriptor) const {
        if (report_ == nullptr) return std::nullopt;
        char link[64];
        std::snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
        char path[PATH_MAX];
        const ssize_t size = ::readlink(link, path, sizeof(path));
        if (size < 0) return std::nullopt;
        return watched(std::string(path, static_cast<std::size_t>(size)));
    }
    std::optional<std::string> watched(const std::string& path) const {
        if (report_ == nullptr || !path.starts_with(folder_)) return std::nullopt;
        return path;
    }

    /// Counts the call, and says what becomes of it. Sets errno where it is to fail.
    Verdict meet(CallKind kind, const char* name, const std::string& path) {
        ++report_->calls;
        const bool is_hit = fault_.kind == FaultKind::full_disk ? report_->calls >= fault_.call
                                                                : report_->calls == fault_.call;
        if (!is_hit || is_late()) return Verdict::go_on;
        if (report_->hit[0] == '\0') {
            std::snprintf(report_->hit, sizeof(report_->hit), "%s %s", name,
                          path.c_str() + std::min(folder_.size(), path.size()));
        }
        switch (fault_.kind) {
            case FaultKind::kill:
                die();
            case FaultKind::torn_write:
                if (kind != CallKind::write) die();
                return Verdict::half_and_die;
            case FaultKind::power_cut:
            case FaultKind::power_flicker:
                lose_unsynced();
                die();
            case FaultKind::bad_disk:
                errno = EIO;
                return Verdict::fail;
            case FaultKind::full_disk:
                // What takes no room still works.
                if (kind == CallKind::other) return Verdict::go_on;
                errno = ENOSPC;
                return Verdict::fail;
            case FaultKind::short_write:
                return kind == CallKind::write ? Verdict::half : Verdict::go_on;
            default:
                return Verdict::go_on;
        }
    }

    /// Keeps what a write, or a cut of the file, is about to replace.
    void keep(int descriptor, const std::string& path, off_t offset, std::size_t size) {
        struct stat status{};
        if (!loses_power() || ::fstat(descriptor, &status) != 0) return;
        Undo undo{.path = path, .offset = offset, .bytes = {}, .size = status.st_size};
        if (offset < status.st_size) {
            const auto there = static_cast<std::size_t>(status.st_size - offset);
            undo.bytes.resize(std::min(size, there));
            ::syscall(SYS_pread64, descriptor, undo.bytes.data(), undo.bytes.size(), offset);
        }
        undos_.push_back(std::move(undo));
    }
    /// Nothing is to be taken back of this file.
    void keep_synced(const std::string& path) {
        std::erase_if(undos_, [&](const Undo& undo) { return undo.path == path; });
    }
    void rename(const std::string& from, const std::string& to) {
        keep_synced(to);
        for (Undo& undo : undos_) {
            if (undo.path == from) undo.path = to;
        }
    }

    void end_of_command() {
        if (is_late()) lose_unsynced();
    }

    [[noreturn]] static void die() {
        ::syscall(SYS_kill, ::getpid(), SIGKILL);
        for (;;)
            ::pause();
    }

  private:
    bool is_late() const {
        return fault_.kind == FaultKind::late_power_cut ||
               fault_.kind == FaultKind::late_power_flicker;
    }
    bool loses_power() const {
        return is_late() || fault_.kind == FaultKind::power_cut ||
               fault_.kind == FaultKind::power_flicker;
    }
    bool is_flicker() const {
        return fault_.kind == FaultKind::power_flicker ||
               fault_.kind == FaultKind::late_power_flicker;
    }

    /// Takes the unsynced writes back, the last one first. A flicker leaves some of them; what was
    /// written past the old end is zeros then.
    void lose_unsynced() {
        std::uint64_t random = fault_.call;
        for (auto undo = undos_.rbegin(); undo != undos_.rend(); ++undo) {
            // D. Knuth, MMIX: the same on every machine.
            random = random * 6364136223846793005ULL + 1442695040888963407ULL;
            if (is_flicker() && (random >> 33) % 2 == 0) continue;
            const auto descriptor =
                static_cast<int>(::syscall(SYS_openat, AT_FDCWD, undo->path.c_str(), O_RDWR));
            if (descriptor < 0) continue;
            take_back(descriptor, *undo);
            ::syscall(SYS_close, descriptor);
        }
        undos_.clear();
    }

    void take_back(int descriptor, const Undo& undo) const {
        struct stat status{};
        if (::fstat(descriptor, &status) != 0) return;
        if (status.st_size > undo.size) {
            ::syscall(SYS_ftruncate, descriptor, undo.size);
            if (is_flicker()) ::syscall(SYS_ftruncate, descriptor, status.st_size);
        }
        ::syscall(SYS_pwrite64, descriptor, undo.bytes.data(), undo.bytes.size(), undo.offset);
    }

    std::mutex mutex_;
    std::string folder_;
    Fault fault_;
    FaultReport* report_ = nullptr;
    std::vector<Undo> undos_;
};

Double& the_double() {
    static Double one;
    return one;
}

/// A call on a descriptor that writes `size` bytes by `write(size)`.
template <class Write>
ssize_t write_call(const char* name, int descriptor, off_t offset, std::size_t size, Write write) {
    Double& one = the_double();
    const auto path = one.watched(descriptor);
    if (!path) return write(size);
    const std::lock_guard lock(one.mutex());
    const Verdict verdict = one.meet(CallKind::write, name, *path);
    if (verdict == Verdict::fail) return -1;
    const std::size_t taken = verdict == Verdict::go_on ? size : (size + 1) / 2;
    one.keep(descriptor, *path, offset, taken);
    const ssize_t written = write(taken);
    if (verdict == Verdict::half_and_die) Double::die();
    return written;
}

template <class Sync>
int sync_call(const char* name, int descriptor, Sync sync) {
    Double& one = the_double();
    const auto path = one.watched(descriptor);
    if (!path) return sync();
    const std::lock_guard lock(one.mutex());
    if (one.meet(CallKind::sync, name, *path) == Verdict::fail) return -1;
    one.keep_synced(*path);
    return sync();
}

int truncate_call(int descriptor, off_t size) {
    const auto truncate = [&] {
        return static_cast<int>(::syscall(SYS_ftruncate, descriptor, size));
    };
    Double& one = the_double();
    const auto path = one.watched(descriptor);
    if (!path) return truncate();
    const std::lock_guard lock(one.mutex());
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) return -1;
    const CallKind kind = size > status.st_size ? CallKind::make : CallKind::other;
    if (one.meet(kind, "ftruncate", *path) == Verdict::fail) return -1;
    if (size < status.st_size)
        one.keep(descriptor, *path, size, static_cast<std::size_t>(status.st_size - size));
    return truncate();
}

template <class Call>
int path_call(CallKind kind, const char* name, const char* path, Call call) {
    Double& one = the_double();
    const auto watched = one.watched(std::string(path));
    if (!watched) return call();
    const std::lock_guard lock(one.mutex());
    if (one.meet(kind, name, *watched) == Verdict::fail) return -1;
    return call();
}

int open_call(const char* path, int flags, mode_t mode) {
    const auto open = [&] {
        return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    };
    const bool changes = (flags & (O_CREAT | O_TRUNC)) != 0;
    return changes ? path_call(CallKind::make, "open", path, open) : open();
}

mode_t mode_argument(int flags, va_list arguments) {
    return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

/// The first `size` bytes of the pieces in one.
std::string joined(const iovec* pieces, int count, std::size_t size) {
    std::string bytes;
    for (int index = 0; index < count; ++index)
        bytes.append(static_cast<const char*>(pieces[index].iov_base), pieces[index].iov_len);
    bytes.resize(std::min(size, bytes.size()));
    return bytes;
}

}  // namespace

const char* name_of(FaultKind kind) {
    constexpr std::array names = {
        "none",     "kill",      "torn_write",  "power_cut",      "power_flicker",
        "bad_disk", "full_disk", "short_write", "late_power_cut", "late_power_flicker"};
    return names[static_cast<std::size_t>(kind)];
}

void arm_fault(const std::string& folder, const Fault& fault, FaultReport& report) {
    the_double().arm(folder, fault, report);
}

void end_of_command() {
    the_double().end_of_command();
}

}  // namespace meshline::test

// What this program and its libraries call instead of the C library's functions of these names.
extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
    return meshline::test::write_call(
        "write", descriptor, ::lseek(descriptor, 0, SEEK_CUR), size,
        [&](size_t taken) { return ::syscall(SYS_write, descriptor, bytes, taken); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    return meshline::test::write_call("pwrite", descriptor, offset, size, [&](size_t taken) {
        return ::syscall(SYS_pwrite64, descriptor, bytes, taken, offset);
    });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off_t offset) {
    return ::pwrite(descriptor, bytes, size, offset);
}

ssize_t pwritev(int descriptor, const iovec* pieces, int count, off_t offset) {
    size_t size = 0;
    for (int index = 0; index < count; ++index)
        size += pieces[index].iov_len;
    return meshline::test::write_call("pwritev", descriptor, offset, size, [&](size_t taken) {
        const std::string bytes = meshline::test::joined(pieces, count, taken);
        return ::syscall(SYS_pwrite64, descriptor, bytes.data(), bytes.size(), offset);
    });
}

ssize_t pwritev64(int descriptor, const iovec* pieces, int count, off_t offset) {
    return ::pwritev(descriptor, pieces, count, offset);
}

int fsync(int descriptor) {
    return meshline::test::sync_call(
        "fsync", descriptor, [&] { return static_cast<int>(::syscall(SYS_fsync, descriptor)); });
}

int fdatasync(int descriptor) {
    return meshline::test::sync_call("fdatasync", descriptor, [&] {
        return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
    });
}

int ftruncate(int descriptor, off_t size) noexcept {
    return meshline::test::truncate_call(descriptor, size);
}

int ftruncate64(int descriptor, off_t size) noexcept {
    return meshline::test::truncate_call(descriptor, size);
}

int open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = meshline::test::mode_argument(flags, arguments);
    va_end(arguments);
    return meshline::test::open_call(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = meshline::test::mode_argument(flags, arguments);
    va_end(arguments);
    return meshline::test::open_call(path, flags, mode);
}

int rename(const char* from, const char* to) noexcept {
    const int renamed = meshline::test::path_call(
        meshline::test::CallKind::other, "rename", to,
        [&] { return static_cast<int>(::syscall(SYS_rename, from, to)); });
    if (renamed == 0) meshline::test::the_double().rename(from, to);
    return renamed;
}

int unlink(const char* path) noexcept {
    const int removed =
        meshline::test::path_call(meshline::test::CallKind::other, "unlink", path,
                                  [&] { return static_cast<int>(::syscall(SYS_unlink, path)); });
    if (removed == 0) meshline::test::the_double().keep_synced(path);
    return removed;
}

int rmdir(const char* path) noexcept {
    return meshline::test::path_call(meshline::test::CallKind::other, "rmdir", path,
                                     [&] { return static_cast<int>(::syscall(SYS_rmdir, path)); });
}

int mkdir(const char* path, mode_t mode) noexcept {
    return meshline::test::path_call(meshline::test::CallKind::make, "mkdir", path, [&] {
        return static_cast<int>(::syscall(SYS_mkdir, path, mode));
    });
}

}  // extern "C"
