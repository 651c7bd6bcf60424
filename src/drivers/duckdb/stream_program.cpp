#include "drivers/duckdb/stream_program.hpp"

#include "base/text/text.hpp"
#include "drivers/duckdb/decimal_functions.hpp"
#include "drivers/duckdb/transform_error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Error engine_error(const EngineError& reason) {
    return Error{
        .kind = ErrorKind::exhausted,
        .code = "transform.failed",
        .message = fmt::format("the transform engine does not serve: {}", plain_message(reason))};
}

// After these the instance answers nothing any more.
bool is_fatal(duckdb_error_type type) {
    return type == DUCKDB_ERROR_FATAL || type == DUCKDB_ERROR_INTERNAL;
}

// Where a statement failed, as far as DuckDB's words tell: at the only operator of the kind that
// overflowed, or at the column whose value is no amount.
std::optional<std::size_t> place_of_failure(const CompiledTransform& transform,
                                            std::string_view message) {
    constexpr std::pair<std::string_view, std::string_view> operators[] = {
        {"multiplication", "*"}, {"addition", "+"}, {"subtract", "-"}};
    for (const auto& [word, name] : operators) {
        if (message.find("verflow in") == std::string_view::npos ||
            message.find(word) == std::string_view::npos) {
            continue;
        }
        std::optional<std::size_t> at;
        int count = 0;
        for (const Arithmetic& one : transform.arithmetic) {
            if (one.name != name) continue;
            at = one.at;
            ++count;
        }
        return count == 1 ? at : std::nullopt;
    }
    for (const std::string_view column : {"amount", "quantity"}) {
        if (message.starts_with(column)) return transform.source.find_word(column);
    }
    return std::nullopt;
}

}  // namespace

DuckdbStreamProgram::DuckdbStreamProgram(const StreamTransforms& stream, Engine engine,
                                         std::unique_ptr<InputRelation> input,
                                         const TransformOptions& options)
    : client_(stream.client),
      source_(stream.source),
      stream_(stream.stream),
      context_(new FunctionContext{.calendar = stream.calendar,
                                   .zones = stream.zones,
                                   .currencies = stream.read.currencies,
                                   .minor_digits = stream.minor_digits,
                                   .events = {},
                                   .unknown_currency = {}}),
      input_(std::move(input)),
      engine_(std::move(engine)),
      limit_(engine_.connection(), options.statement_time_max) {}

Result<std::unique_ptr<DuckdbStreamProgram>> DuckdbStreamProgram::open(
    const StreamTransforms& stream, const TransformOptions& options) {
    MESHLINE_ASSIGN(auto input, InputRelation::create(stream));
    Engine::Settings settings = closed_settings(options.memory_limit_mb, 1);
    // Spilling would write files beside the process; a batch fits into memory or is cut smaller.
    settings.emplace_back("max_temp_directory_size", "0KB");
    auto opened = Engine::open("", settings);
    if (const auto* reason = std::get_if<EngineError>(&opened)) return engine_error(*reason);
    std::unique_ptr<DuckdbStreamProgram> program(new DuckdbStreamProgram(
        stream, std::move(std::get<Engine>(opened)), std::move(input), options));
    const Engine& engine = program->engine_;
    const bool is_known = register_functions(engine.connection(), *program->context_) &&
                          register_decimal_functions(engine.connection()) &&
                          program->input_->attach(engine.connection());
    if (!is_known) return engine_error({DUCKDB_ERROR_CATALOG, "cannot register its functions"});
    // The optimizer of unused columns (DuckDB 1.5) moves a cast of a payload's member below the
    // case that guards it, and so fails rows that never ask for the cast.
    for (const char* setting :
         {"set errors_as_json = true", "set disabled_optimizers = 'unused_columns'"}) {
        QueryResult result = engine.query(setting);
        if (!result.ok()) return engine_error(result.error());
    }
    return program;
}

void DuckdbStreamProgram::add_transform(CompiledTransform transform) {
    transforms_.push_back(std::move(transform));
}

void DuckdbStreamProgram::leave_out_unread_fields(const StreamTransforms& stream) {
    std::set<std::string> read;
    for (const std::string& field : stream.fields_needed)
        read.insert(to_lower_ascii(field));
    for (const CompiledTransform& transform : transforms_) {
        if (!transform.fields_read) return;
        read.insert(transform.fields_read->begin(), transform.fields_read->end());
    }
    input_->shred_only(stream.payload, read);
}

Result<void> DuckdbStreamProgram::lock() {
    QueryResult locked = engine_.query("set lock_configuration = true");
    if (!locked.ok()) return engine_error(locked.error());
    return {};
}

Result<void> DuckdbStreamProgram::add(const Event& event, JsonValue payload) {
    if (input_->size() == InputRelation::events_max) {
        return Error{
            .kind = ErrorKind::exhausted,
            .code = "transform.batch_full",
            .message = fmt::format("a batch of more than {} events", InputRelation::events_max)};
    }
    auto added = input_->add(event, payload, context_->events);
    // The event fails, not the batch: its contract judged it with other options than these.
    if (!added.ok()) failures_.emplace(event.position, Fault{std::move(added).error(), ""});
    return {};
}

Error DuckdbStreamProgram::too_slow(const SqlSource& source, std::size_t event_count) const {
    Error error = source.error(
        "transform.too_slow",
        fmt::format("transform \"{}\" took more than {} ms over {} events", source.name(),
                    limit_.time_max().count(), event_count),
        "Make its work per event small: no join of all with all, no long series of numbers.",
        std::nullopt);
    error.kind = ErrorKind::exhausted;
    return error;
}

// Runs the transform on the events of `range`. `refusal` tells why where nothing is returned and
// the instance still serves.
Result<std::vector<ChunkHandle>> DuckdbStreamProgram::run_part(const CompiledTransform& transform,
                                                               InputRelation::Range range,
                                                               Error& refusal) {
    input_->select(range);
    context_->unknown_currency.clear();
    limit_.start();
    QueryResult result = QueryResult::of(transform.statement.get());
    const bool is_over = limit_.stop();
    const SqlSource& source = transform.source;
    if (is_over && !result.ok()) return too_slow(source, range.size());
    if (!result.ok()) {
        const EngineError reason = result.error();
        if (is_fatal(reason.type)) return engine_error(reason);
        const std::string message = plain_message(reason);
        refusal = source.error(
            "transform.failed",
            fmt::format("transform \"{}\" fails on this event: {}", source.name(), message), "",
            place_of_failure(transform, message));
        return std::vector<ChunkHandle>();
    }
    std::vector<ChunkHandle> chunks;
    while (ChunkHandle chunk = result.fetch())
        chunks.push_back(std::move(chunk));
    if (const auto stray = find_stray_position(chunks, context_->events, range)) {
        refusal = source.error("transform.bad_row",
                               fmt::format("transform \"{}\" makes {}", source.name(), *stray),
                               "Carry position through unchanged.", std::nullopt);
        return std::vector<ChunkHandle>();
    }
    return chunks;
}

// A part that fails is halved until the events that fail stand alone: of n events, k that fail cost
// about k log n runs of ever smaller parts.
Result<std::vector<ChunkHandle>> DuckdbStreamProgram::run_all(const CompiledTransform& transform) {
    std::vector<ChunkHandle> made;
    std::vector<InputRelation::Range> parts = {{0, input_->size()}};
    while (!parts.empty()) {
        const InputRelation::Range part = parts.back();
        parts.pop_back();
        Error refusal;
        MESHLINE_ASSIGN(auto chunks, run_part(transform, part, refusal));
        if (refusal.code.empty()) {
            std::ranges::move(chunks, std::back_inserter(made));
        } else if (part.size() == 1) {
            failures_.emplace(context_->events[part.begin].position,
                              Fault{std::move(refusal), context_->unknown_currency});
        } else {
            const std::size_t middle = part.begin + part.size() / 2;
            parts.push_back({middle, part.end});
            parts.push_back({part.begin, middle});
        }
    }
    return made;
}

std::unique_ptr<RowBatch> DuckdbStreamProgram::batch_of(const CompiledTransform& transform,
                                                        std::vector<ChunkHandle> chunks) const {
    const auto text = [](std::string_view value) {
        return ValueHandle(duckdb_create_varchar_length(value.data(), value.size()));
    };
    auto rows = std::make_shared<BatchRows>();
    idx_t chunk_column = 0;
    for (const RelationColumn& column : transform.relation->columns) {
        BatchColumn& made = rows->columns.emplace_back();
        made.name = column.name;
        const bool is_sign = column.fill == Fill::sign;
        if (is_per_row(column.fill)) {
            made.type = TypeHandle(duckdb_prepared_statement_column_logical_type(
                transform.statement.get(), chunk_column));
            made.chunk_column = chunk_column++;
            continue;
        }
        made.type = TypeHandle(
            duckdb_create_logical_type(is_sign ? DUCKDB_TYPE_TINYINT : DUCKDB_TYPE_VARCHAR));
        made.constant = is_sign                       ? ValueHandle(duckdb_create_int8(1))
                        : column.fill == Fill::client ? text(client_)
                        : column.fill == Fill::source ? text(source_)
                        : column.fill == Fill::stream ? text(stream_)
                        : column.fill == Fill::book   ? text(name_of(transform.book))
                                                      : text(transform.digest);
    }
    for (ChunkHandle& chunk : chunks) {
        if (!failures_.empty()) chunk = without_failed(std::move(chunk), failures_);
        if (!chunk) continue;
        rows->row_count += static_cast<std::int64_t>(duckdb_data_chunk_get_size(chunk.get()));
        rows->chunks.push_back(std::move(chunk));
    }
    return std::make_unique<DuckdbRowBatch>(transform.relation->name, std::move(rows));
}

Result<TransformOutput> DuckdbStreamProgram::run() {
    std::vector<std::vector<ChunkHandle>> made;
    std::map<std::pair<const Relation*, Book>, RowKeys> keys;
    for (const CompiledTransform& transform : transforms_) {
        MESHLINE_ASSIGN(auto chunks, run_all(transform));
        check_rows(transform, chunks, *context_, keys[{transform.relation, transform.book}],
                   failures_);
        made.push_back(std::move(chunks));
    }
    TransformOutput output;
    for (std::size_t i = 0; i < transforms_.size(); ++i) {
        output.batches.push_back(batch_of(transforms_[i], std::move(made[i])));
    }
    for (auto& [position, fault] : std::exchange(failures_, {})) {
        output.failures.push_back(
            {position, std::move(fault.error), std::move(fault.unknown_currency)});
    }
    input_->clear();
    context_->events.clear();
    return output;
}

}  // namespace meshline
