#pragma once

#include "base/json/json.hpp"
#include "base/result/result.hpp"
#include "core/model/event.hpp"
#include "core/warehouse/transform.hpp"
#include "drivers/duckdb/event_batch.hpp"
#include "drivers/duckdb/handles.hpp"
#include "drivers/duckdb/payload_shape.hpp"
#include "drivers/duckdb/text_arena.hpp"
#include "drivers/duckdb/vector_writer.hpp"

#include <cstddef>
#include <duckdb.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// The relation `input` of a program: events are shredded into DuckDB vectors as they come, and a
/// statement reads those vectors where they lie, once for each time that it names `input`.
class InputRelation {
  public:
    /// A part of the batch: events [begin, end) in the order in which they were added.
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t size() const { return end - begin; }
    };
    static constexpr std::size_t events_max = 1 << 20;

    /// Error contract.unreadable_value where a constant of the read options does not fit its type.
    static Result<std::unique_ptr<InputRelation>> create(const StreamTransforms& stream);

    /// Payload fields of other names (in lower case) are not shredded any more. `payload` is the
    /// type that it was created with.
    void shred_only(const PayloadType& payload, const std::set<std::string>& fields);

    /// Makes `input` known to the connection's instance. The relation must outlive its statements.
    bool attach(duckdb_connection connection);

    /// Takes an event in. Where its payload cannot be read nothing is kept of it.
    Result<void> add(const Event& event, JsonValue payload, EventBatch& events);
    std::size_t size() const { return size_; }
    /// What the next statement reads.
    void select(Range range);
    const Range& selected() const { return selected_; }
    void clear();

  private:
    struct Callbacks;
    struct Scan;
    /// As many events as a DuckDB vector holds.
    struct Chunk {
        ChunkHandle handle;
        std::unique_ptr<VectorWriter> payload;
    };

    InputRelation() = default;
    Result<void> write_payload(Chunk& chunk, idx_t row, JsonValue payload);
    Chunk& chunk_for_next();
    void read_part(const Chunk& chunk, Range rows, const Scan& scan,
                   duckdb_data_chunk output) const;

    PayloadShape shape_;
    ReadOptions options_;
    /// The constants as a record: {"currency": "GBP"}, with the index of each in the payload.
    std::unique_ptr<JsonDocument> constants_;
    std::vector<std::uint32_t> constant_fields_;
    std::vector<TypeHandle> types_;
    ValueHandle source_;
    std::vector<Chunk> chunks_;
    TextArena arena_;
    std::size_t size_ = 0;
    Range selected_;
};

}  // namespace meshline
