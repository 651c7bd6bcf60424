#include "drivers/duckdb/duckdb_transforms.hpp"

#include "drivers/duckdb/compiled_transform.hpp"
#include "drivers/duckdb/fields_read.hpp"
#include "drivers/duckdb/sql_tree.hpp"
#include "drivers/duckdb/transform_error.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

// The names an author may have meant where one is unknown.
std::vector<std::string> known_names(const PayloadType& payload) {
    std::vector<std::string> names = field_names(payload);
    for (const char* column :
         {"position", "event_id", "object_id", "source", "occurred_at", "received_at", "payload"}) {
        names.emplace_back(column);
    }
    return names;
}

/// All that judging looks at.
std::string judged_by(const TransformText& text, const StreamTransforms& stream) {
    std::string key = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", text.name, text.file, text.digest,
                                  text.into, static_cast<int>(text.book), sql_type(stream.payload));
    for (const std::string& id : text.empty_ids)
        key += fmt::format("{}:{}\n", id.size(), id);
    for (const auto& [name, zone] : stream.zones)
        key += name + "\n";
    return key + text.sql;
}

}  // namespace

Result<const FunctionCatalog*> DuckdbTransforms::functions(const Engine& engine) {
    const std::lock_guard lock(mutex_);
    if (!functions_) {
        auto read = FunctionCatalog::read(engine);
        if (const auto* reason = std::get_if<EngineError>(&read)) {
            return Error{
                .kind = ErrorKind::exhausted,
                .code = "transform.failed",
                .message = fmt::format("cannot list the functions: {}", plain_message(*reason))};
        }
        functions_ = std::move(std::get<FunctionCatalog>(read));
    }
    return &*functions_;
}

std::optional<JudgedTransform> DuckdbTransforms::judge(const TransformText& text,
                                                       const StreamTransforms& stream,
                                                       const Engine& engine,
                                                       const FunctionCatalog& functions,
                                                       std::vector<Error>& problems) {
    const std::string key = judged_by(text, stream);
    {
        const std::lock_guard lock(mutex_);
        const auto found = judged_.find(key);
        if (found != judged_.end()) return found->second;
    }
    auto judged = judge_transform(text, engine, functions, known_names(stream.payload),
                                  stream.zones, problems);
    const std::lock_guard lock(mutex_);
    if (judged) judged_.emplace(key, *judged);
    return judged;
}

Result<std::unique_ptr<StreamProgram>> DuckdbTransforms::compile(const StreamTransforms& stream,
                                                                 std::vector<Error>& problems) {
    MESHLINE_ASSIGN(auto program, DuckdbStreamProgram::open(stream, options_));
    MESHLINE_ASSIGN(const FunctionCatalog* functions, this->functions(program->engine()));
    const std::vector<std::string> names = known_names(stream.payload);
    for (const TransformText& text : stream.transforms) {
        auto judged = judge(text, stream, program->engine(), *functions, problems);
        if (!judged) continue;
        auto transform = plan_transform(std::move(*judged), program->engine(), names);
        if (transform.ok()) {
            program->add_transform(std::move(transform).value());
        } else {
            problems.push_back(std::move(transform).error());
        }
    }
    program->leave_out_unread_fields(stream);
    MESHLINE_TRY(program->lock());
    return std::unique_ptr<StreamProgram>(std::move(program));
}

Result<std::unique_ptr<StreamProgram>> DuckdbTransforms::compile(const StreamTransforms& stream) {
    std::vector<Error> problems;
    MESHLINE_ASSIGN(auto program, compile(stream, problems));
    if (!problems.empty()) return std::move(problems.front());
    return program;
}

std::vector<Error> DuckdbTransforms::check(const StreamTransforms& stream) {
    std::vector<Error> problems;
    const auto program = compile(stream, problems);
    if (!program.ok()) problems.push_back(program.error());
    return problems;
}

Result<std::map<Book, WrittenAttributes>> DuckdbTransforms::attributes(
    const StreamTransforms& stream) {
    MESHLINE_ASSIGN(const auto program, DuckdbStreamProgram::open(stream, options_));
    MESHLINE_ASSIGN(const FunctionCatalog* functions, this->functions(program->engine()));
    std::map<Book, WrittenAttributes> written;
    for (const TransformText& text : stream.transforms) {
        if (text.into != "entries") continue;
        std::vector<Error> problems;
        auto transform = judge(text, stream, program->engine(), *functions, problems);
        WrittenAttributes& of_book = written[text.book];
        if (!transform) {
            of_book.is_open = true;
            continue;
        }
        of_book.names.merge(transform->attributes.names);
        of_book.is_open = of_book.is_open || transform->attributes.is_open;
    }
    return written;
}

Result<FieldsByTransform> DuckdbTransforms::fields_read(const StreamTransforms& stream) {
    MESHLINE_ASSIGN(const auto program, DuckdbStreamProgram::open(stream, options_));
    FieldsByTransform read;
    for (const TransformText& text : stream.transforms) {
        const auto tree = SqlTree::parse(program->engine(), SqlSource(text));
        read[text.name] = tree.ok() ? meshline::fields_read(*tree) : std::nullopt;
    }
    return read;
}

}  // namespace meshline
