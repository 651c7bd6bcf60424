# The pinned DuckDB. scripts/bootstrap reads these lines too, so each is one "set(NAME value)".
set(MESHLINE_DUCKDB_VERSION 1.5.5)
set(MESHLINE_DUCKDB_LIBRARY_PACKAGE @duckdb/node-bindings-linux-x64@1.5.5-r.5)
set(MESHLINE_DUCKDB_LIBRARY_SHA256 86d2bda909785550e8a14a57a8a4584827aff0e268d8f1a58c3fd48559f7020e)
# The header of 1.4.4 is the newest published one; the C API only grows, so it fits the 1.5 library.
set(MESHLINE_DUCKDB_HEADER_PACKAGE duckdb@1.4.4)
set(MESHLINE_DUCKDB_HEADER_SHA256 5bb967dcbcd517670ba5f169f238fb9d6787e53752c60ebe24386169d76941ed)
