#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace meshline {

/// Who must act on an error decides its kind; the kind decides the exit code, the HTTP status and
/// whether a retry can help.
enum class ErrorKind : std::uint8_t {
    invalid,      ///< The caller's input is wrong; the same call fails again. Exit code 2.
    not_found,    ///< What was named does not exist. Exit code 3.
    conflict,     ///< It collides with what is already there. Exit code 4.
    refused,      ///< Permission or policy says no. Exit code 5.
    unavailable,  ///< Busy or away for now; a retry may help. Exit code 6.
    exhausted,    ///< A limit of ours or of the machine (disk, memory) is reached. Exit code 7.
    corrupt,      ///< Stored data is not what was written. Exit code 8.
};

/// Where an error was found: a file with line and column (from 1), or with a byte offset. Zero and
/// -1 mean unknown.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
    std::int64_t offset = -1;

    bool is_known() const { return !file.empty(); }
    /// "file:14:7", "file at byte 8192", or "file".
    std::string text() const;
    friend bool operator==(const Place&, const Place&) = default;
};

/// A refusal by the world or the user. `message` is one lower-case line with values in double
/// quotes, `hint` a sentence to act on (may be empty), `code` is stable: "area.what".
struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string code;
    std::string message;
    std::string hint;
    Place where;
    std::shared_ptr<const Error> cause;

    Error at(Place place) &&;
    Error because(Error reason) &&;
};

std::string_view name_of(ErrorKind kind);
int exit_code_of(ErrorKind kind);

/// The text every surface prints:
///   error: unknown column "gross_amout" in transform "orders"
///     at packs/shopify/transforms/orders.sql:14:7
///     hint: The contract has "gross_amount".
///     code: transform.unknown_column
/// A cause follows as "because: ...". Each is one line, see shown_text(). No newline at the end.
std::string render(const Error& error);

}  // namespace meshline
