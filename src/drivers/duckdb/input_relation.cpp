#include "drivers/duckdb/input_relation.hpp"

#include "drivers/duckdb/engine.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

enum Column : idx_t { position, event_id, object_id, source, occurred_at, received_at, payload };

constexpr std::array column_names = {"position",    "event_id",    "object_id", "source",
                                     "occurred_at", "received_at", "payload"};
constexpr const char* function_name = "meshline_input";

/// DuckDB's standard vector: 2048 rows.
std::size_t chunk_rows() {
    return duckdb_vector_size();
}

template <class T>
void set(duckdb_data_chunk chunk, Column column, idx_t row, T value) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, column);
    static_cast<T*>(duckdb_vector_get_data(vector))[row] = value;
}

}  // namespace

/// One reading of `input` by a statement: the columns it asked for, and how far it has come.
struct InputRelation::Scan {
    std::vector<idx_t> columns;
    std::size_t next = 0;
};

struct InputRelation::Callbacks {
    static void bind(duckdb_bind_info info) {
        const auto& input = *static_cast<InputRelation*>(duckdb_bind_get_extra_info(info));
        for (std::size_t i = 0; i < column_names.size(); ++i) {
            duckdb_bind_add_result_column(info, column_names[i], input.types_[i].get());
        }
        // A guess, so that plans are made for a batch rather than for a handful of rows.
        constexpr idx_t usual_batch = 8192;
        duckdb_bind_set_cardinality(info, usual_batch, false);
    }

    static void init(duckdb_init_info info) {
        const auto& input = *static_cast<InputRelation*>(duckdb_init_get_extra_info(info));
        auto scan = std::make_unique<Scan>();
        for (idx_t i = 0; i < duckdb_init_get_column_count(info); ++i) {
            scan->columns.push_back(duckdb_init_get_column_index(info, i));
        }
        scan->next = input.selected_.begin;
        duckdb_init_set_init_data(info, scan.release(),
                                  [](void* data) { delete static_cast<Scan*>(data); });
    }

    static void read(duckdb_function_info info, duckdb_data_chunk output) {
        const auto& input = *static_cast<InputRelation*>(duckdb_function_get_extra_info(info));
        auto& scan = *static_cast<Scan*>(duckdb_function_get_init_data(info));
        const std::size_t first = scan.next;
        if (first >= input.selected_.end) {
            duckdb_data_chunk_set_size(output, 0);
            return;
        }
        const std::size_t chunk = first / chunk_rows();
        const std::size_t chunk_begin = chunk * chunk_rows();
        const std::size_t end = std::min(chunk_begin + chunk_rows(), input.selected_.end);
        input.read_part(input.chunks_[chunk], {first - chunk_begin, end - chunk_begin}, scan,
                        output);
        duckdb_data_chunk_set_size(output, end - first);
        scan.next = end;
    }
};

Result<std::unique_ptr<InputRelation>> InputRelation::create(const StreamTransforms& stream) {
    std::unique_ptr<InputRelation> input(new InputRelation);
    input->shape_ = PayloadShape::of_root(stream.payload, stream.read);
    input->options_ = stream.read;
    for (const duckdb_type type :
         {DUCKDB_TYPE_UBIGINT, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR,
          DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP}) {
        input->types_.emplace_back(duckdb_create_logical_type(type));
    }
    input->types_.push_back(logical_type(stream.payload));
    input->source_ =
        ValueHandle(duckdb_create_varchar_length(stream.source.data(), stream.source.size()));

    JsonWriter constants;
    constants.begin_object();
    for (std::uint32_t field = 0; field < stream.payload.fields.size(); ++field) {
        const auto constant = stream.read.constants.find(stream.payload.fields[field].name);
        if (constant == stream.read.constants.end()) continue;
        constants.member(constant->first, constant->second);
        input->constant_fields_.push_back(field);
    }
    constants.end_object();
    input->constants_ = std::make_unique<JsonDocument>();
    MESHLINE_ASSIGN(const JsonValue record, input->constants_->parse(constants.take()));

    // One event without a record shows whether the constants can be read.
    Chunk& chunk = input->chunk_for_next();
    MESHLINE_TRY(input->write_payload(chunk, 0, record));
    input->clear();
    return input;
}

void InputRelation::shred_only(const PayloadType& payload, const std::set<std::string>& fields) {
    shape_.name_fields(payload, options_, &fields);
}

bool InputRelation::attach(duckdb_connection connection) {
    const TableFunctionHandle function(duckdb_create_table_function());
    duckdb_table_function_set_name(function.get(), function_name);
    duckdb_table_function_set_extra_info(function.get(), this, nullptr);
    duckdb_table_function_set_bind(function.get(), Callbacks::bind);
    duckdb_table_function_set_init(function.get(), Callbacks::init);
    duckdb_table_function_set_function(function.get(), Callbacks::read);
    duckdb_table_function_supports_projection_pushdown(function.get(), true);
    if (duckdb_register_table_function(connection, function.get()) != DuckDBSuccess) return false;
    return QueryResult::of(connection, std::string("create view input as select * from ") +
                                           function_name + "()")
        .ok();
}

InputRelation::Chunk& InputRelation::chunk_for_next() {
    const std::size_t index = size_ / chunk_rows();
    if (index == chunks_.size()) {
        std::vector<duckdb_logical_type> types;
        for (const TypeHandle& type : types_)
            types.push_back(type.get());
        Chunk chunk;
        chunk.handle = ChunkHandle(duckdb_create_data_chunk(types.data(), types.size()));
        chunk.payload = std::make_unique<VectorWriter>(
            duckdb_data_chunk_get_vector(chunk.handle.get(), payload), shape_, chunk_rows());
        chunks_.push_back(std::move(chunk));
    }
    return chunks_[index];
}

Result<void> InputRelation::write_payload(Chunk& chunk, idx_t row, JsonValue record) {
    MESHLINE_TRY(chunk.payload->write(row, record, options_, arena_));
    for (const auto& [field, names] : shape_.renamed_fields) {
        const ColumnNames::Found found = names.find(record);
        if (found.other)
            return Error{.code = "contract.unreadable_value", .message = found.contradiction()};
        if (found.value)
            MESHLINE_TRY(chunk.payload->field(field).write(row, *found.value, options_, arena_));
    }
    if (constant_fields_.empty()) return {};
    chunk.payload->set_present(row);
    JsonValue constant = constants_->root().first();
    for (std::size_t i = 0; i < constant_fields_.size(); ++i) {
        MESHLINE_TRY(
            chunk.payload->field(constant_fields_[i]).write(row, constant, options_, arena_));
        if (i + 1 < constant_fields_.size()) constant = constant.next();
    }
    return {};
}

Result<void> InputRelation::add(const Event& event, JsonValue record, EventBatch& events) {
    Chunk& chunk = chunk_for_next();
    const idx_t row = size_ % chunk_rows();
    auto written = write_payload(chunk, row, record);
    if (!written.ok()) {
        chunk.payload->clear_row(row);
        return written;
    }
    const std::string_view object = arena_.keep(event.object_id);
    // The log holds every position once, and so does whoever reads it.
    MESHLINE_CHECK(events.add({event.position, object, event.occurred_at}));
    duckdb_data_chunk rows = chunk.handle.get();
    set<std::uint64_t>(rows, position, row, event.position);
    set<duckdb_string_t>(rows, event_id, row, arena_.string(event.event_id));
    set<duckdb_string_t>(rows, object_id, row, arena_.string(event.object_id));
    set<std::int64_t>(rows, occurred_at, row, event.occurred_at.micros);
    set<std::int64_t>(rows, received_at, row, event.received_at.micros);
    ++size_;
    return {};
}

void InputRelation::select(Range range) {
    selected_ = range;
    for (const Chunk& chunk : chunks_)
        chunk.payload->finish();
}

void InputRelation::read_part(const Chunk& chunk, Range rows, const Scan& scan,
                              duckdb_data_chunk output) const {
    // A chunk is read where it lies when its first rows are wanted; a part within is copied.
    const bool is_copied = rows.begin > 0;
    SelectionHandle selection;
    if (is_copied) {
        selection = SelectionHandle(duckdb_create_selection_vector(rows.size()));
        sel_t* wanted = duckdb_selection_vector_get_data_ptr(selection.get());
        for (std::size_t i = 0; i < rows.size(); ++i)
            wanted[i] = static_cast<sel_t>(rows.begin + i);
    }
    for (idx_t i = 0; i < scan.columns.size(); ++i) {
        // Rows that are only counted are asked for with a column beyond the last.
        if (scan.columns[i] >= column_names.size()) continue;
        duckdb_vector to = duckdb_data_chunk_get_vector(output, i);
        duckdb_vector from = duckdb_data_chunk_get_vector(chunk.handle.get(), scan.columns[i]);
        if (scan.columns[i] == source) {
            duckdb_vector_reference_value(to, source_.get());
        } else if (is_copied) {
            duckdb_vector_copy_sel(from, to, selection.get(), rows.size(), 0, 0);
        } else {
            duckdb_vector_reference_vector(to, from);
        }
    }
}

void InputRelation::clear() {
    for (std::size_t begin = 0; begin < std::max<std::size_t>(size_, 1); begin += chunk_rows()) {
        Chunk& chunk = chunks_[begin / chunk_rows()];
        const std::size_t rows = std::min(chunk_rows(), std::max<std::size_t>(size_ - begin, 1));
        chunk.payload->clear(rows);
        chunk.payload->finish();
    }
    arena_.clear();
    size_ = 0;
    selected_ = {};
}

}  // namespace meshline
