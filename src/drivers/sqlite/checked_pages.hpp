#pragma once

#include <cstdint>
#include <optional>

struct sqlite3;

namespace meshline {

/// A checksum in the last bytes of every page of a database's main file, made when the page is
/// written there and compared whenever it is read: no bit of what SQLite is given back is another
/// than was written, in tables, indexes and the schema alike. It is of the page's bytes and its
/// place, so pages that changed places are told too. Decision 0020.
///
/// A page's last bytes are reserved by the file's own header, so every SQLite can read the file;
/// one that writes to it leaves pages that are damaged for us. The write-ahead log has SQLite's own
/// checksums, which it compares when it takes the log up.

/// The name of the VFS that does this; registered when it is first asked for.
const char* checked_vfs();

/// Has the pages of a database that is about to be made, or vacuumed, keep room for checksums.
void reserve_checksums(sqlite3* connection);

/// The `application_id` of files with checksums ("MESH"): a second mark beside the room that their
/// header reserves, so that none that lost one of the two passes for a file without.
inline constexpr int checked_application = 0x4D455348;

/// Whether the file has checksums; an older one has none until it is made anew.
bool has_checksums(sqlite3* connection);

/// Where the first damaged page that the connection met begins in the file.
std::optional<std::int64_t> damaged_page(sqlite3* connection);

/// What errors of the connection call its file; the text must outlive it.
void name_file(sqlite3* connection, const char* name);
/// Null before it was named.
const char* name_of_file(sqlite3* connection);

}  // namespace meshline
