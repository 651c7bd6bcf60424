#pragma once

#include "base/json/json.hpp"
#include "base/money/currency.hpp"
#include "base/result/result.hpp"
#include "base/time/zone.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"
#include "core/model/entry_type.hpp"
#include "core/model/event.hpp"
#include "core/warehouse/warehouse.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// A user's SQL: one SELECT from `input` (position ubigint, event_id, object_id, source varchar,
/// occurred_at, received_at timestamp, payload struct) to columns of the relation `into`.
struct TransformText {
    std::string name;  ///< For messages: "orders".
    std::string file;
    std::string sql;
    std::string digest;  ///< Hex SHA-256; stored with every row.
    std::string into;    ///< "entries", "touchpoints" or "records".
    Book book = Book::commerce;
    /// Texts that are no id in the columns of ids; empty text never is one.
    std::vector<std::string> empty_ids;
};

/// Everything one stream's events go through.
struct StreamTransforms {
    std::string client;
    std::string source;
    std::string stream;
    PayloadType payload;
    /// Fields of the payload that must be readable whether a transform reads them or not: those
    /// that say which event it is and when it was.
    std::set<std::string> fields_needed;
    ReadOptions read;
    BusinessCalendar calendar{Zone::utc(), 0};
    /// Those that transforms may name in local_time() and instant_of(), by name.
    std::map<std::string, Zone> zones;
    /// By code: digits of from_minor_units() where the platform counts otherwise than ISO 4217.
    MinorDigits minor_digits;
    std::vector<TransformText> transforms;
};

/// An event that a transform cannot digest.
struct TransformFailure {
    Position position = 0;
    Error error;  ///< Code transform.*, place in the SQL file where known.
    /// The code in capitals, where it fails for a currency that its stream's table does not have.
    std::string unknown_currency;
};

struct TransformOutput {
    std::vector<std::unique_ptr<RowBatch>> batches;  ///< One per transform, columns complete.
    std::vector<TransformFailure> failures;          ///< None of their rows is in a batch.
};

/// One stream's compiled transforms with a batch in the making. Used by one thread at a time.
///
/// The engine completes what the SQL leaves out: client_id, source, stream, book, sign 1,
/// transform_digest; business_on from occurred_at in the client's calendar where the SQL gives
/// none, and occurred_at from business_on. It refuses rows that break the relation: unknown
/// entry_type, no amount or currency, neither occurred_at nor business_on, times beyond the years 1
/// to 9999, a repeated (position, entry_type, line_no), an unknown position.
class StreamProgram {
  public:
    virtual ~StreamProgram() = default;
    /// Adds one event whose payload kept the contract. The payload is read before add() returns,
    /// as far as the transforms read it.
    virtual Result<void> add(const Event& event, JsonValue payload) = 0;
    virtual std::int64_t size() const = 0;
    /// Transforms what was added and starts the next batch. A transform that breaks on some events
    /// costs those events only.
    virtual Result<TransformOutput> run() = 0;
};

/// The keys that transforms write into the attributes of entries.
struct WrittenAttributes {
    std::set<std::string> names;
    bool is_open = false;  ///< One writes a map, whose keys are data.
};

/// The fields of the payload that each transform of a stream reads, in lower case, by its name;
/// nothing for one that may read all.
using FieldsByTransform = std::map<std::string, std::optional<std::set<std::string>>>;

/// Compiles transforms in a sandbox: no files, no network, no settings, one SELECT, no function
/// whose result is not decided by its arguments. Errors transform.*, located in the SQL file:
/// syntax, not_a_select, unknown_column, unknown_function and unknown_table (each with the nearest
/// name), forbidden_function, other_zone_rules, text_as_time, unclear_zone, unknown_zone,
/// binary_float, mixes_events (rows that depend on other events of the
/// batch), unknown_output, missing_output, wrong_type, unknown_relation, invalid (what else the
/// binder refuses). An event fails with transform.failed (the SQL raises an error on it),
/// transform.bad_row or contract.unreadable_value.
class TransformEngine {
  public:
    virtual ~TransformEngine() = default;
    virtual Result<std::unique_ptr<StreamProgram>> compile(const StreamTransforms& stream) = 0;
    /// Every problem of the stream's transforms, for `meshline check`.
    virtual std::vector<Error> check(const StreamTransforms& stream) = 0;
    /// By book, of the stream's transforms into entries; those with problems, which check() tells,
    /// are taken to write anything.
    virtual Result<std::map<Book, WrittenAttributes>> attributes(
        const StreamTransforms& stream) = 0;
    /// From the SQL alone, nothing is compiled. Those that cannot be parsed, which check() tells,
    /// are taken to read all.
    virtual Result<FieldsByTransform> fields_read(const StreamTransforms& stream) = 0;
};

}  // namespace meshline
