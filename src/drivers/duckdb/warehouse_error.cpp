#include "drivers/duckdb/warehouse_error.hpp"

#include <algorithm>
#include <string_view>

namespace meshline {
namespace {

bool has_one_of(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

// DuckDB has one type for every trouble with a file, so its words must tell them apart; the path,
// in which any word may stand, is taken out first.
ErrorKind kind_of(const EngineError& reason, const std::string& path) {
    std::string text = reason.message;
    for (std::size_t at = text.find(path); !path.empty() && at != std::string::npos;
         at = text.find(path)) {
        text.erase(at, path.size());
    }
    if (reason.type == DUCKDB_ERROR_OUT_OF_MEMORY ||
        has_one_of(text, {"No space left", "Out of Memory", "could not allocate", "quota",
                          "oo many open files", "File too large"})) {
        return ErrorKind::exhausted;
    }
    if (has_one_of(text, {"Could not set lock", "onflicting lock", "already attached",
                          "Input/output error", "No such file"})) {
        return ErrorKind::unavailable;
    }
    // A file that is no database, of a format from the future, or whose blocks do not add up.
    if (reason.type == DUCKDB_ERROR_SERIALIZATION ||
        has_one_of(text, {"not a valid DuckDB", "orrupt", "checksum", "version number",
                          "Failed to deserialize", "Serialization Error",
                          "Could not read enough bytes", "Failure while replaying WAL"})) {
        return ErrorKind::corrupt;
    }
    if (has_one_of(text, {"Permission denied", "Operation not permitted", "Read-only file"})) {
        return ErrorKind::refused;
    }
    // Whatever else a file does not give, such as "Input/output error", no input is at fault.
    // What leaves the file in doubt, a failed sync above all, is of the type FATAL.
    const bool is_of_files = reason.type == DUCKDB_ERROR_IO || reason.type == DUCKDB_ERROR_FATAL;
    return is_of_files ? ErrorKind::unavailable : ErrorKind::invalid;
}

std::string hint_for(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::exhausted:
            return "Make room on the disk, or allow more memory or open files (ulimit -n), then "
                   "run "
                   "it again.";
        case ErrorKind::refused:
            return "Give the user that runs meshline the right to the data folder.";
        case ErrorKind::unavailable:
            return "See that the folder is there, that no other Meshline process has it open, and "
                   "what the system's log says of the disk.";
        case ErrorKind::corrupt:
            return "Run `meshline run`: it makes the warehouse again from the log by itself.";
        default:
            return "";
    }
}

Error error_of(ErrorKind kind, const EngineError& reason, const std::string& path) {
    return Error{.kind = kind,
                 .code = "warehouse.failed",
                 .message = clean_message(reason.message),
                 .hint = hint_for(kind)}
        .at({.file = path});
}

}  // namespace

Error warehouse_error(const EngineError& reason, const std::string& path) {
    const ErrorKind kind = kind_of(reason, path);
    return error_of(kind, reason, path);
}

Error warehouse_open_error(const EngineError& reason, const std::string& path) {
    const ErrorKind kind = kind_of(reason, path);
    return error_of(kind == ErrorKind::invalid ? ErrorKind::corrupt : kind, reason, path);
}

}  // namespace meshline
