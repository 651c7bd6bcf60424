#pragma once

#include <duckdb.h>

namespace meshline {

/// Whether write_attributes() takes structs of this type: flat ones of text, bigint and boolean.
bool is_flat_struct(duckdb_logical_type type);

/// A scalar function's work: each row's flat struct as a JSON object in the order of its members,
/// those that are null left out; null where nothing is left. Attributes repeat on every row of an
/// event, so what they do not say is not written.
void write_attributes(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output);

}  // namespace meshline
