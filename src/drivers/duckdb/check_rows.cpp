#include "drivers/duckdb/check_rows.hpp"

#include "base/text/text.hpp"
#include "core/model/entry_type.hpp"
#include "core/model/record_type.hpp"
#include "drivers/duckdb/slot.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace meshline {
namespace {

constexpr std::size_t slots_min = 1024;

using Kinds = std::unordered_map<std::string_view, std::size_t>;

template <class Names>
Kinds number_names(const Names& names) {
    Kinds kinds;
    for (const char* name : names)
        kinds.emplace(name, kinds.size());
    return kinds;
}

const Kinds& kinds_of(std::string_view kind_column) {
    static const Kinds entries = number_names(entry_type_names);
    static const Kinds records = number_names(record_type_names);
    return kind_column == "entry_type" ? entries : records;
}

/// What an author may have meant as a type; other text is a value of the payload.
bool is_name(std::string_view kind) {
    constexpr std::size_t letters_max = 40;
    return kind.size() <= letters_max && std::ranges::all_of(kind, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || letter == '_';
           });
}

/// Whether rows state currencies that are known, in capitals. Rows mostly share theirs.
class CurrencyColumn {
  public:
    explicit CurrencyColumn(const CurrencyTable& currencies) : currencies_(currencies) {}

    bool is_good(std::string_view code) {
        if (code == known_) return true;
        const auto written = Currency::unlisted(code);
        if (!written || written->code() != code) return false;
        const bool is_known = currencies_.has(code);
        (is_known ? known_ : unknown_) = code;
        return is_known;
    }
    /// What the row before may have meant as a currency though no table knows it, or "".
    std::string take_unknown() { return std::exchange(unknown_, {}); }

  private:
    const CurrencyTable& currencies_;
    std::string known_;
    std::string unknown_;
};

/// A column of a chunk; a relation without it reads as null.
class Column {
  public:
    Column(const Relation& relation, std::string_view name, duckdb_data_chunk chunk) {
        idx_t index = 0;
        for (const RelationColumn& column : relation.columns) {
            if (!is_per_row(column.fill)) continue;
            if (name == column.name) {
                duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, index);
                data_ = duckdb_vector_get_data(vector);
                validity_ = duckdb_vector_get_validity(vector);
                is_required_ = column.is_required;
            }
            ++index;
        }
    }

    bool is_there() const { return data_ != nullptr; }
    bool is_null(idx_t row) const {
        return data_ == nullptr ||
               (validity_ != nullptr && (validity_[row / 64] >> (row % 64) & 1) == 0);
    }
    /// Null where the relation wants a value.
    bool is_missing(idx_t row) const { return is_required_ && is_null(row); }
    template <class T>
    T value(idx_t row) const {
        return static_cast<const T*>(data_)[row];
    }
    std::string_view text(idx_t row) const {
        return text_of(static_cast<const duckdb_string_t*>(data_)[row]);
    }

  private:
    const void* data_ = nullptr;
    const std::uint64_t* validity_ = nullptr;
    bool is_required_ = false;
};

/// The columns that the rules look at.
struct CheckedColumns {
    CheckedColumns(const Relation& relation, duckdb_data_chunk chunk)
        : position(relation, "position", chunk),
          line_no(relation, "line_no", chunk),
          kind(relation, relation.kind_column, chunk),
          amount(relation, "amount", chunk),
          currency(relation, "currency", chunk),
          occurred_at(relation, "occurred_at", chunk),
          business_on(relation, "business_on", chunk),
          close_on(relation, "close_on", chunk),
          object_id(relation, "object_id", chunk) {}

    Column position;
    Column line_no;
    Column kind;
    Column amount;
    Column currency;
    Column occurred_at;
    Column business_on;
    Column close_on;
    Column object_id;
};

bool is_beyond(const Column& instant, idx_t row) {
    if (!instant.is_there() || instant.is_null(row)) return false;
    const Instant value{instant.value<std::int64_t>(row)};
    return value < instant_min || value > instant_max;
}

bool is_day_beyond(const Column& date, idx_t row) {
    if (!date.is_there() || date.is_null(row)) return false;
    const BusinessDate value{date.value<std::int32_t>(row)};
    return value < date_min || value > date_max;
}

/// What is wrong with a row, or "".
std::string fault_of(const Relation& relation, const CheckedColumns& columns, idx_t row,
                     CurrencyColumn& currencies) {
    if (columns.line_no.is_null(row)) return "a row without line_no";
    if (columns.kind.is_there()) {
        if (columns.kind.is_null(row)) return fmt::format("a row without {}", relation.kind_column);
        const std::string_view kind = columns.kind.text(row);
        if (!kinds_of(relation.kind_column).contains(kind)) {
            return fmt::format("a row with the unknown {} \"{}\"", relation.kind_column,
                               is_name(kind) ? std::string(kind) : shape_of(kind));
        }
    }
    if (columns.amount.is_missing(row)) return "a row without amount";
    const bool needs_currency = columns.amount.is_there() && !columns.amount.is_null(row);
    if (needs_currency && columns.currency.is_null(row)) return "a row without currency";
    if (needs_currency && !currencies.is_good(columns.currency.text(row))) {
        // It may be any text of the payload, in a column that was mapped wrongly.
        return fmt::format("a row with the currency \"{}\"", shape_of(columns.currency.text(row)));
    }
    if (columns.business_on.is_null(row)) {
        return relation.needs_date ? "a row with neither occurred_at nor business_on"
                                   : "a row without occurred_at";
    }
    // DuckDB's dates go further, and to infinity; nothing else here does.
    if (is_beyond(columns.occurred_at, row))
        return "a row whose occurred_at is beyond the years 1 to 9999";
    if (is_day_beyond(columns.business_on, row))
        return "a row whose business_on is beyond the years 1 to 9999";
    if (is_day_beyond(columns.close_on, row))
        return "a row whose close_on is beyond the years 1 to 9999";
    return "";
}

Error row_error(const CompiledTransform& transform, const std::string& fault) {
    return transform.source.error(
        "transform.bad_row",
        fmt::format("transform \"{}\" makes {}", transform.source.name(), fault),
        "See what the transform gives for this event, and whether the event is one of its kind.",
        std::nullopt);
}

}  // namespace

bool RowKeys::add(std::size_t event, std::size_t kind, std::int32_t line_no) {
    static_assert(InputRelation::events_max <= (std::size_t{1} << 23));
    const std::uint64_t key =
        (static_cast<std::uint64_t>(event) << 40 | static_cast<std::uint64_t>(kind) << 32 |
         static_cast<std::uint32_t>(line_no)) +
        1;
    if ((size_ + 1) * 2 > slots_.size()) grow();
    std::size_t slot = slot_of(key, slots_.size());
    while (slots_[slot] != 0) {
        if (slots_[slot] == key) return false;
        slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = key;
    ++size_;
    return true;
}

void RowKeys::grow() {
    std::vector<std::uint64_t> old(std::max(slots_min, slots_.size() * 2), 0);
    old.swap(slots_);
    for (const std::uint64_t key : old) {
        if (key == 0) continue;
        std::size_t slot = slot_of(key, slots_.size());
        while (slots_[slot] != 0)
            slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = key;
    }
}

std::optional<std::string> find_stray_position(const std::vector<ChunkHandle>& chunks,
                                               const EventBatch& events,
                                               InputRelation::Range range) {
    for (const ChunkHandle& chunk : chunks) {
        // Position is the first column of a transform's rows in every relation.
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), 0);
        const auto* positions = static_cast<const std::uint64_t*>(duckdb_vector_get_data(vector));
        const std::uint64_t* validity = duckdb_vector_get_validity(vector);
        for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk.get()); ++row) {
            if (validity != nullptr && (validity[row / 64] >> (row % 64) & 1) == 0) {
                return "a row without position";
            }
            const auto index = events.find(positions[row]);
            if (!index || *index < range.begin || *index >= range.end) {
                return fmt::format("a row with position {}, which is not that of its event",
                                   positions[row]);
            }
        }
    }
    return std::nullopt;
}

void check_rows(const CompiledTransform& transform, const std::vector<ChunkHandle>& chunks,
                const FunctionContext& context, RowKeys& keys, Failures& failures) {
    CurrencyColumn currencies(context.currencies);
    const Relation& relation = *transform.relation;
    const Kinds& kinds = kinds_of(relation.kind_column);
    for (const ChunkHandle& chunk : chunks) {
        const CheckedColumns columns(relation, chunk.get());
        for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk.get()); ++row) {
            const auto position = columns.position.value<std::uint64_t>(row);
            std::string fault = fault_of(relation, columns, row, currencies);
            std::string unknown_currency = currencies.take_unknown();
            if (fault.empty()) {
                const auto line_no = columns.line_no.value<std::int32_t>(row);
                const std::string_view kind =
                    columns.kind.is_there() ? columns.kind.text(row) : std::string_view();
                const std::size_t kind_index = kind.empty() ? 0 : kinds.at(kind);
                if (keys.add(*context.events.find(position), kind_index, line_no)) continue;
                fault = fmt::format("{} line_no {} twice", kind.empty() ? relation.name : kind,
                                    line_no);
            }
            if (!failures.contains(position)) {
                failures.emplace(position,
                                 Fault{row_error(transform, fault), std::move(unknown_currency)});
            }
        }
    }
}

ChunkHandle without_failed(ChunkHandle chunk, const Failures& failures) {
    const idx_t row_count = duckdb_data_chunk_get_size(chunk.get());
    const auto* positions = static_cast<const std::uint64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk.get(), 0)));
    const SelectionHandle selection(duckdb_create_selection_vector(row_count));
    sel_t* kept = duckdb_selection_vector_get_data_ptr(selection.get());
    idx_t kept_count = 0;
    for (idx_t row = 0; row < row_count; ++row) {
        if (!failures.contains(positions[row])) kept[kept_count++] = static_cast<sel_t>(row);
    }
    if (kept_count == row_count) return chunk;
    if (kept_count == 0) return {};

    const idx_t column_count = duckdb_data_chunk_get_column_count(chunk.get());
    std::vector<TypeHandle> types;
    std::vector<duckdb_logical_type> raw_types;
    for (idx_t i = 0; i < column_count; ++i) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), i);
        types.emplace_back(duckdb_vector_get_column_type(vector));
        raw_types.push_back(types.back().get());
    }
    ChunkHandle smaller(duckdb_create_data_chunk(raw_types.data(), raw_types.size()));
    for (idx_t i = 0; i < column_count; ++i) {
        duckdb_vector_copy_sel(duckdb_data_chunk_get_vector(chunk.get(), i),
                               duckdb_data_chunk_get_vector(smaller.get(), i), selection.get(),
                               kept_count, 0, 0);
    }
    duckdb_data_chunk_set_size(smaller.get(), kept_count);
    return smaller;
}

}  // namespace meshline
