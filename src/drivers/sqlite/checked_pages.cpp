#include "drivers/sqlite/checked_pages.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <sqlite3.h>
#include <string_view>
#include <xxhash.h>

namespace meshline {
namespace {

constexpr int checksum_size = 8;
constexpr int page_size_min = 512;
constexpr int page_size_max = 65536;

/// The beginning of page 1 (https://www.sqlite.org/fileformat2.html#the_database_header).
constexpr int header_size = 100;
constexpr int page_size_place = 16;
constexpr int reserved_place = 20;
constexpr int application_place = 68;
constexpr std::string_view header_magic("SQLite format 3\0", 16);

/// Questions to the file that SQLite passes through; its own numbers are smaller.
constexpr int ask_has_checksums = 0x4D530001;
constexpr int ask_damaged_page = 0x4D530002;
constexpr int ask_name = 0x4D530003;
constexpr int give_name = 0x4D530004;

/// A main file as SQLite sees it; the file of the machine's own VFS lies behind it.
struct CheckedFile {
    sqlite3_file base;
    bool has_checksums;
    int page_size;              ///< 0 until the header was seen.
    std::int64_t damaged_page;  ///< -1 where none was met.
    const char* name;
};

CheckedFile& state_of(sqlite3_file* file) {
    return *reinterpret_cast<CheckedFile*>(file);
}

sqlite3_file* beneath(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<CheckedFile*>(file) + 1);
}

sqlite3_vfs& machine_vfs(sqlite3_vfs* vfs) {
    return *static_cast<sqlite3_vfs*>(vfs->pAppData);
}

/// Room for one page. SQLite gives a page to write as constant, and reads parts of pages.
unsigned char* scratch_page() {
    thread_local std::array<unsigned char, page_size_max> page;
    return page.data();
}

std::uint32_t big_endian(const unsigned char* bytes, int size) {
    std::uint32_t number = 0;
    for (int index = 0; index < size; ++index)
        number = number << 8 | bytes[index];
    return number;
}

bool is_page(int amount, std::int64_t offset) {
    return amount >= page_size_min && (amount & (amount - 1)) == 0 && offset % amount == 0;
}

std::array<unsigned char, checksum_size> checksum_of(const unsigned char* page, int size,
                                                     std::int64_t offset) {
    const auto number = static_cast<std::uint64_t>(offset / size);
    XXH64_canonical_t bytes;
    XXH64_canonicalFromHash(
        &bytes, XXH3_64bits_withSeed(page, static_cast<std::size_t>(size - checksum_size), number));
    std::array<unsigned char, checksum_size> checksum;
    std::memcpy(checksum.data(), bytes.digest, checksum.size());
    return checksum;
}

/// Takes from the header what there is to know.
void learn(CheckedFile& file, const unsigned char* header) {
    if (std::memcmp(header, header_magic.data(), header_magic.size()) != 0) return;
    const std::uint32_t size = big_endian(header + page_size_place, 2);
    file.page_size = size == 1 ? page_size_max : static_cast<int>(size);
    file.has_checksums = header[reserved_place] == checksum_size ||
                         big_endian(header + application_place, 4) == checked_application;
}

int damaged(CheckedFile& file, std::int64_t offset) {
    if (file.damaged_page < 0) file.damaged_page = offset;
    return SQLITE_IOERR_DATA;
}

int read_page(sqlite3_file* file, unsigned char* page, int size, std::int64_t offset) {
    sqlite3_file* inner = beneath(file);
    CheckedFile& state = state_of(file);
    const int code = inner->pMethods->xRead(inner, page, size, offset);
    if (code == SQLITE_IOERR_SHORT_READ) {
        // Pages beyond the end are SQLite's to judge; a part of one was cut off.
        sqlite3_int64 end = 0;
        if (inner->pMethods->xFileSize(inner, &end) != SQLITE_OK) return SQLITE_IOERR_FSTAT;
        return state.has_checksums && end > offset ? damaged(state, offset) : code;
    }
    if (code != SQLITE_OK) return code;
    if (offset == 0) learn(state, page);
    if (!state.has_checksums) return code;
    const auto checksum = checksum_of(page, size, offset);
    const bool is_good = std::equal(checksum.begin(), checksum.end(), page + size - checksum_size);
    return is_good ? code : damaged(state, offset);
}

int read(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
    CheckedFile& state = state_of(file);
    auto* bytes = static_cast<unsigned char*>(buffer);
    if (is_page(amount, offset)) return read_page(file, bytes, amount, offset);
    // The header is looked at before the write-ahead log is taken up, which may hold a better page.
    if (offset + amount <= header_size || !state.has_checksums) {
        sqlite3_file* inner = beneath(file);
        const int code = inner->pMethods->xRead(inner, buffer, amount, offset);
        if (code == SQLITE_OK && offset == 0 && amount == header_size) learn(state, bytes);
        return code;
    }
    // Some versions of SQLite read parts of pages past their cache.
    const std::int64_t begin = offset - offset % state.page_size;
    if (offset + amount > begin + state.page_size) return SQLITE_IOERR_READ;
    unsigned char* page = scratch_page();
    const int code = read_page(file, page, state.page_size, begin);
    if (code == SQLITE_OK)
        std::memcpy(buffer, page + (offset - begin), static_cast<std::size_t>(amount));
    return code;
}

int write(sqlite3_file* file, const void* buffer, int amount, sqlite3_int64 offset) {
    CheckedFile& state = state_of(file);
    sqlite3_file* inner = beneath(file);
    const auto* bytes = static_cast<const unsigned char*>(buffer);
    if (offset == 0 && amount >= header_size) learn(state, bytes);
    if (!state.has_checksums || !is_page(amount, offset)) {
        return inner->pMethods->xWrite(inner, buffer, amount, offset);
    }
    const auto checksum = checksum_of(bytes, amount, offset);
    unsigned char* page = scratch_page();
    std::memcpy(page, bytes, static_cast<std::size_t>(amount));
    std::copy(checksum.begin(), checksum.end(), page + amount - checksum_size);
    return inner->pMethods->xWrite(inner, page, amount, offset);
}

int control(sqlite3_file* file, int operation, void* argument) {
    CheckedFile& state = state_of(file);
    switch (operation) {
        case ask_has_checksums:
            *static_cast<bool*>(argument) = state.has_checksums;
            return SQLITE_OK;
        case ask_damaged_page:
            *static_cast<std::int64_t*>(argument) = state.damaged_page;
            return SQLITE_OK;
        case ask_name:
            *static_cast<const char**>(argument) = state.name;
            return SQLITE_OK;
        case give_name:
            state.name = static_cast<const char*>(argument);
            return SQLITE_OK;
        default:
            return beneath(file)->pMethods->xFileControl(beneath(file), operation, argument);
    }
}

/// Version 2 of the methods: without those that map the file into memory, past every check.
constexpr sqlite3_io_methods checked_methods = {
    .iVersion = 2,
    .xClose = [](sqlite3_file* file) { return beneath(file)->pMethods->xClose(beneath(file)); },
    .xRead = read,
    .xWrite = write,
    .xTruncate =
        [](sqlite3_file* file, sqlite3_int64 size) {
            return beneath(file)->pMethods->xTruncate(beneath(file), size);
        },
    .xSync = [](sqlite3_file* file,
                int flags) { return beneath(file)->pMethods->xSync(beneath(file), flags); },
    .xFileSize =
        [](sqlite3_file* file, sqlite3_int64* size) {
            return beneath(file)->pMethods->xFileSize(beneath(file), size);
        },
    .xLock = [](sqlite3_file* file,
                int level) { return beneath(file)->pMethods->xLock(beneath(file), level); },
    .xUnlock = [](sqlite3_file* file,
                  int level) { return beneath(file)->pMethods->xUnlock(beneath(file), level); },
    .xCheckReservedLock =
        [](sqlite3_file* file, int* is_reserved) {
            return beneath(file)->pMethods->xCheckReservedLock(beneath(file), is_reserved);
        },
    .xFileControl = control,
    .xSectorSize =
        [](sqlite3_file* file) { return beneath(file)->pMethods->xSectorSize(beneath(file)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* file) {
            return beneath(file)->pMethods->xDeviceCharacteristics(beneath(file));
        },
    .xShmMap =
        [](sqlite3_file* file, int region, int size, int is_extended, void volatile** memory) {
            return beneath(file)->pMethods->xShmMap(beneath(file), region, size, is_extended,
                                                    memory);
        },
    .xShmLock =
        [](sqlite3_file* file, int offset, int count, int flags) {
            return beneath(file)->pMethods->xShmLock(beneath(file), offset, count, flags);
        },
    .xShmBarrier = [](sqlite3_file* file) { beneath(file)->pMethods->xShmBarrier(beneath(file)); },
    .xShmUnmap =
        [](sqlite3_file* file, int is_deleted) {
            return beneath(file)->pMethods->xShmUnmap(beneath(file), is_deleted);
        },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    sqlite3_vfs& machine = machine_vfs(vfs);
    // Journals and temporary files are the machine's own.
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
        return machine.xOpen(&machine, name, file, flags, flags_out);
    CheckedFile& state = state_of(file);
    state = {
        .base = {}, .has_checksums = false, .page_size = 0, .damaged_page = -1, .name = nullptr};
    const int code = machine.xOpen(&machine, name, beneath(file), flags, flags_out);
    // SQLite closes what has methods, also after an error.
    if (beneath(file)->pMethods != nullptr) state.base.pMethods = &checked_methods;
    return code;
}

sqlite3_vfs* make_checked_vfs() {
    static sqlite3_vfs vfs;
    sqlite3_vfs* machine = sqlite3_vfs_find(nullptr);
    // All but opening is the machine's: its functions find what is theirs in the copy as well.
    vfs = *machine;
    vfs.iVersion = std::min(machine->iVersion, 2);
    vfs.zName = "meshline";
    vfs.szOsFile = static_cast<int>(sizeof(CheckedFile)) + machine->szOsFile;
    vfs.pAppData = machine;
    vfs.xOpen = open_file;
    sqlite3_vfs_register(&vfs, 0);
    return &vfs;
}

}  // namespace

const char* checked_vfs() {
    static const sqlite3_vfs* const vfs = make_checked_vfs();
    return vfs->zName;
}

void reserve_checksums(sqlite3* connection) {
    int size = checksum_size;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &size);
}

bool has_checksums(sqlite3* connection) {
    bool answer = false;
    sqlite3_file_control(connection, "main", ask_has_checksums, &answer);
    return answer;
}

void name_file(sqlite3* connection, const char* name) {
    // SQLite hands the address on; it is only read.
    sqlite3_file_control(connection, "main", give_name, const_cast<char*>(name));
}

const char* name_of_file(sqlite3* connection) {
    const char* name = nullptr;
    sqlite3_file_control(connection, "main", ask_name, &name);
    return name;
}

std::optional<std::int64_t> damaged_page(sqlite3* connection) {
    std::int64_t offset = -1;
    sqlite3_file_control(connection, "main", ask_damaged_page, &offset);
    if (offset < 0) return std::nullopt;
    return offset;
}

}  // namespace meshline
