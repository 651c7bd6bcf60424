// Goal: trouble with the machine under the warehouse is never called wrong input.
// Method: a table of what DuckDB says, as it was seen when files failed.
#include "drivers/duckdb/warehouse_error.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

struct SaidCase {
    duckdb_error_type type;
    const char* said;
    ErrorKind kind;
};

constexpr SaidCase cases[] = {
    {DUCKDB_ERROR_IO, "Cannot open file \"/w/x\": Too many open files", ErrorKind::exhausted},
    {DUCKDB_ERROR_IO, "Could not write file \"/w/x\": No space left on device",
     ErrorKind::exhausted},
    {DUCKDB_ERROR_IO, "Could not write file \"/w/x\": File too large", ErrorKind::exhausted},
    {DUCKDB_ERROR_OUT_OF_MEMORY, "failed to pin block", ErrorKind::exhausted},
    {DUCKDB_ERROR_IO, "Could not read from file \"/w/x\": Input/output error",
     ErrorKind::unavailable},
    {DUCKDB_ERROR_FATAL, "fsync failed!: No space left on device", ErrorKind::exhausted},
    {DUCKDB_ERROR_FATAL, "fsync failed!", ErrorKind::unavailable},
    {DUCKDB_ERROR_IO, "Cannot open file \"/w/x\": Permission denied", ErrorKind::refused},
    {DUCKDB_ERROR_IO, "Cannot open file \"/w/x\": Read-only file system", ErrorKind::refused},
    {DUCKDB_ERROR_IO, "Could not set lock on file \"/w/x\": Conflicting lock is held",
     ErrorKind::unavailable},
    {DUCKDB_ERROR_IO, "Cannot open file \"/w/x\": No such file or directory",
     ErrorKind::unavailable},
    {DUCKDB_ERROR_IO, "Corrupt database file: computed checksum 1 does not match stored 2",
     ErrorKind::corrupt},
    {DUCKDB_ERROR_BINDER, "Referenced column \"x\" not found", ErrorKind::invalid},
};

TEST(WarehouseError, is_of_the_kind_of_who_must_act) {
    for (const SaidCase& one : cases) {
        const Error error = warehouse_error({one.type, one.said}, "/w/x");
        EXPECT_EQ(error.kind, one.kind) << one.said;
        EXPECT_EQ(error.code, "warehouse.failed");
        EXPECT_EQ(error.hint.empty(), one.kind == ErrorKind::invalid) << error.hint;
    }
}

}  // namespace
}  // namespace meshline
