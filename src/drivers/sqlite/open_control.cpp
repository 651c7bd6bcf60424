#include "drivers/sqlite/control_head.hpp"
#include "drivers/sqlite/migrate.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "drivers/sqlite/store_file.hpp"
#include "drivers/sqlite/temporary_copy.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

constexpr const char* restore_hint =
    "Restore the newest control.sqlite; if it is lost for good, meshline rebuild --accept-loss goes"
    " on from what is there and says so in the audit tree.";

Error missing(const std::string& path) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "control.missing",
                 .message = "the control store is missing or empty, and with it what was published",
                 .hint = restore_hint}
        .at({.file = path});
}

Error older(const std::string& path, const ControlStore::AuditHead& here,
            const ControlStore::AuditHead& written) {
    const std::string message =
        here.size < written.size
            ? fmt::format(
                  "the control store is an older one: its audit tree has {} leaves, and {}"
                  " were written",
                  here.size, written.size)
            : fmt::format(
                  "the control store is another one: the first {} leaves of its audit tree"
                  " do not have the root that was written",
                  written.size);
    return Error{.kind = ErrorKind::corrupt,
                 .code = "control.older",
                 .message = message,
                 .hint = restore_hint}
        .at({.file = path});
}

/// What is open, and of what.
struct Opened {
    std::unique_ptr<TemporaryCopy> copy;
    Database database;
};

Result<Opened> open_file(const std::string& path, ControlAccess access) {
    std::unique_ptr<TemporaryCopy> copy;
    if (access == ControlAccess::reading) {
        MESHLINE_ASSIGN(copy, TemporaryCopy::make(path));
    }
    MESHLINE_ASSIGN(Database database,
                    Database::open(copy ? copy->path() : path, {.shown_as = path}));
    return Opened{std::move(copy), std::move(database)};
}

/// Whether there was something that a store without anything in it has lost.
Result<bool> had_history(const ControlOptions& options,
                         const std::optional<ControlStore::AuditHead>& written) {
    if (written && written->size > 0) return true;
    return options.has_history ? options.has_history() : Result<bool>(false);
}

}  // namespace

Result<std::unique_ptr<SqliteControl>> SqliteControl::open(const std::string& path,
                                                           const ControlOptions& options) {
    const auto head = read_control_head(head_file_of(path));
    if (!head.ok() && !options.accepts_loss) return head.error();
    const std::optional<AuditHead> written = head.ok() ? *head : std::nullopt;
    MESHLINE_ASSIGN(const std::uint64_t size, size_of_store_file(path));
    // Before the file is opened, which would make it.
    if (size == 0 && !options.accepts_loss) {
        MESHLINE_ASSIGN(const bool is_lost, had_history(options, written));
        if (is_lost) return missing(path);
    }
    MESHLINE_ASSIGN(Opened opened, open_file(path, options.access));
    MESHLINE_ASSIGN(const std::int64_t schema, schema_of(opened.database));
    std::optional<ControlLoss> loss;
    if (schema == 0) {
        MESHLINE_ASSIGN(const bool is_lost, had_history(options, written));
        if (is_lost && !options.accepts_loss) return missing(path);
        if (is_lost) loss = ControlLoss{{}, written};
    }
    MESHLINE_ASSIGN(Database database, migrate_control(std::move(opened.database),
                                                       opened.copy ? opened.copy->path() : path));
    std::unique_ptr<SqliteControl> control(
        new SqliteControl(std::move(database), std::move(opened.copy), head_file_of(path)));
    if (written && !loss) {
        MESHLINE_ASSIGN(const AuditHead here, control->audit_head());
        MESHLINE_ASSIGN(const bool is_whole, control->goes_on_from(*written));
        if (!is_whole && !options.accepts_loss) return older(path, here, *written);
        if (!is_whole) loss = ControlLoss{here, written};
    }
    control->loss_ = loss;
    // What was accepted is written down with the act that says so.
    if (!loss) MESHLINE_TRY(control->write_head());
    return control;
}

/// A crash between an act and its note in the file leaves the note one act behind.
Result<bool> SqliteControl::goes_on_from(const AuditHead& written) {
    MESHLINE_ASSIGN(const AuditHead here, audit_head());
    if (here.size < written.size) return false;
    if (here.size == written.size) {
        written_head_ = written.size;
        return here.root == written.root;
    }
    MESHLINE_ASSIGN(const Digest root, audit_root_at(written.size));
    return root == written.root;
}

Result<void> SqliteControl::write_head() {
    // Nothing is written beside a store that is only read.
    if (copy_) return {};
    MESHLINE_ASSIGN(const AuditHead head, audit_head());
    if (head.size == written_head_) return {};
    MESHLINE_TRY(write_control_head(head_file_, head));
    written_head_ = head.size;
    return {};
}

}  // namespace meshline
