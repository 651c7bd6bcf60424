#include "drivers/duckdb/vector_writer.hpp"

#include "core/contract/read_value.hpp"
#include "drivers/duckdb/engine.hpp"

#include <algorithm>
#include <cstring>

namespace meshline {
namespace {

constexpr idx_t elements_min = 2048;

std::size_t value_bytes(PayloadKind kind) {
    switch (kind) {
        case PayloadKind::text:
            return sizeof(duckdb_string_t);
        case PayloadKind::list:
            return sizeof(duckdb_list_entry);
        default:
            return 0;
    }
}

idx_t mask_words(idx_t row_count) {
    return (row_count + 63) / 64;
}

}  // namespace

VectorWriter::VectorWriter(duckdb_vector vector, const PayloadShape& shape, idx_t capacity)
    : vector_(vector), shape_(&shape) {
    if (shape.kind == PayloadKind::structure) {
        for (std::size_t i = 0; i < shape.fields.size(); ++i) {
            children_.emplace_back(duckdb_struct_vector_get_child(vector, i), shape.fields[i],
                                   capacity);
        }
    }
    if (shape.kind == PayloadKind::list) {
        MESHLINE_CHECK(duckdb_list_vector_reserve(vector, elements_min) == DuckDBSuccess);
        children_.emplace_back(duckdb_list_vector_get_child(vector), shape.fields.front(),
                               elements_min);
    }
    attach(capacity);
}

// Takes the vector's memory, which moves when a list grows; rows that are new are null. Texts and
// lists of null rows are emptied too, as DuckDB may copy them before it looks whether they are
// null.
void VectorWriter::attach(idx_t capacity) {
    const idx_t known = capacity_;
    capacity_ = capacity;
    duckdb_vector_ensure_validity_writable(vector_);
    validity_ = duckdb_vector_get_validity(vector_);
    data_ = duckdb_vector_get_data(vector_);
    for (idx_t row = known; row < capacity; ++row) {
        if (row % 64 == 0 && row + 64 <= capacity) {
            validity_[row / 64] = 0;
            row += 63;
        } else {
            validity_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
        }
    }
    const std::size_t bytes = value_bytes(shape_->kind);
    if (bytes > 0)
        std::memset(static_cast<char*>(data_) + known * bytes, 0, (capacity - known) * bytes);
    if (shape_->kind != PayloadKind::structure) return;
    for (VectorWriter& child : children_) {
        if (child.capacity_ < capacity) child.attach(capacity);
    }
}

void VectorWriter::reserve(idx_t capacity) {
    VectorWriter& child = children_.front();
    if (capacity <= child.capacity_) return;
    const idx_t grown = std::max(capacity, child.capacity_ * 2);
    MESHLINE_CHECK(duckdb_list_vector_reserve(vector_, grown) == DuckDBSuccess);
    child.attach(grown);
}

Result<void> VectorWriter::write(idx_t row, JsonValue value, const ReadOptions& options,
                                 TextArena& arena) {
    if (value.is(JsonType::null)) return {};
    switch (shape_->kind) {
        case PayloadKind::text: {
            const bool is_container = value.is(JsonType::object) || value.is(JsonType::array);
            // The engine would read the first of members of one name.
            if (is_container && value.is_of_duplicate_keys()) {
                set(row, arena.string(canonical_json(value)));
            } else {
                set(row, arena.string(value.is(JsonType::string) ? value.text() : value.raw()));
            }
            return {};
        }
        case PayloadKind::structure:
            return write_structure(row, value, options, arena);
        case PayloadKind::list:
            return write_list(row, value, options, arena);
        default:
            return write_scalar(row, value, options, arena);
    }
}

Result<void> VectorWriter::write_scalar(idx_t row, JsonValue value, const ReadOptions& options,
                                        TextArena&) {
    switch (shape_->kind) {
        case PayloadKind::boolean: {
            MESHLINE_ASSIGN(const auto read, read_boolean(value));
            if (read) set(row, *read);
            return {};
        }
        case PayloadKind::integer: {
            MESHLINE_ASSIGN(const auto read, read_integer(value));
            if (read) set(row, *read);
            return {};
        }
        case PayloadKind::money: {
            MESHLINE_ASSIGN(const auto read, read_money(value, options));
            if (read) set(row, hugeint_of(read->micros()));
            return {};
        }
        case PayloadKind::instant: {
            const bool is_count = shape_->unix_unit_micros != 0;
            MESHLINE_ASSIGN(const auto read, is_count ? read_unix(value, shape_->unix_unit_micros)
                                                      : read_instant(value, options));
            if (read) set(row, read->micros);
            return {};
        }
        default: {
            MESHLINE_ASSIGN(const auto read, read_date(value, options));
            if (read) set(row, read->days);
            return {};
        }
    }
}

Result<void> VectorWriter::write_structure(idx_t row, JsonValue value, const ReadOptions& options,
                                           TextArena& arena) {
    if (!value.is(JsonType::object)) return {};
    set_present(row);
    const std::size_t size = value.size();
    if (size == 0) return {};
    JsonValue member = value.first();
    for (std::size_t i = 0; i < size; ++i) {
        // Bounded: the shape is as deep as the contract, however deep the payload.
        for (std::uint32_t index = shape_->table.find(member); index != KeyTable::absent;
             index = shape_->field_after(index)) {
            MESHLINE_TRY(children_[index].write(row, member, options, arena));
        }
        if (i + 1 < size) member = member.next();
    }
    return {};
}

Result<void> VectorWriter::write_list(idx_t row, JsonValue value, const ReadOptions& options,
                                      TextArena& arena) {
    if (!value.is(JsonType::array)) return {};
    const std::size_t size = value.size();
    const idx_t begin = element_count_;
    set(row, duckdb_list_entry{begin, size});
    if (size == 0) return {};
    reserve(begin + size);
    element_count_ += size;
    JsonValue element = value.first();
    for (std::size_t i = 0; i < size; ++i) {
        MESHLINE_TRY(children_.front().write(begin + i, element, options, arena));
        if (i + 1 < size) element = element.next();
    }
    return {};
}

void VectorWriter::clear_row(idx_t row) {
    validity_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
    // The elements of a list stay behind unseen; those of the next row come after them.
    if (shape_->kind == PayloadKind::structure) {
        for (VectorWriter& child : children_)
            child.clear_row(row);
    }
}

void VectorWriter::finish() {
    if (shape_->kind == PayloadKind::list) {
        MESHLINE_CHECK(duckdb_list_vector_set_size(vector_, element_count_) == DuckDBSuccess);
    }
    for (VectorWriter& child : children_)
        child.finish();
}

void VectorWriter::clear(idx_t row_count) {
    std::memset(validity_, 0, mask_words(std::min(row_count, capacity_)) * sizeof(std::uint64_t));
    const std::size_t bytes = value_bytes(shape_->kind);
    if (bytes > 0) std::memset(data_, 0, row_count * bytes);
    const idx_t child_rows = shape_->kind == PayloadKind::list ? element_count_ : row_count;
    for (VectorWriter& child : children_)
        child.clear(child_rows);
    element_count_ = 0;
}

}  // namespace meshline
