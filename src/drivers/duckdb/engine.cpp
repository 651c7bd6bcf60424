#include "drivers/duckdb/engine.hpp"

#include <cstring>
#include <fmt/format.h>

namespace meshline {
namespace {

// DuckDB says "Binder Error: ..." or "Invalid Input Error: ..." before what happened.
std::string_view without_class(std::string_view message) {
    const std::size_t end = message.find(" Error: ");
    const bool is_class = end != std::string_view::npos && end < 30 &&
                          message.substr(0, end).find_first_of("\"'\n:") == std::string_view::npos;
    return is_class ? message.substr(end + std::strlen(" Error: ")) : message;
}

}  // namespace

QueryResult& QueryResult::operator=(QueryResult&& other) noexcept {
    if (this != &other) {
        duckdb_destroy_result(&raw_);
        raw_ = std::exchange(other.raw_, {});
        is_good_ = std::exchange(other.is_good_, false);
    }
    return *this;
}

QueryResult QueryResult::of(duckdb_connection connection, const std::string& sql) {
    QueryResult result;
    result.is_good_ = duckdb_query(connection, sql.c_str(), &result.raw_) == DuckDBSuccess;
    return result;
}

QueryResult QueryResult::of(duckdb_prepared_statement statement) {
    QueryResult result;
    result.is_good_ = duckdb_execute_prepared(statement, &result.raw_) == DuckDBSuccess;
    return result;
}

EngineError QueryResult::error() {
    const char* message = duckdb_result_error(&raw_);
    return {duckdb_result_error_type(&raw_), message == nullptr ? "no reason given" : message};
}

ChunkHandle QueryResult::fetch() {
    ChunkHandle chunk(duckdb_fetch_chunk(raw_));
    if (chunk && duckdb_data_chunk_get_size(chunk.get()) == 0) chunk.reset();
    return chunk;
}

std::variant<Engine, EngineError> Engine::open(const std::string& path, const Settings& settings) {
    ConfigHandle config;
    if (duckdb_create_config(config.fill()) != DuckDBSuccess) {
        return EngineError{DUCKDB_ERROR_OUT_OF_MEMORY, "no memory for a configuration"};
    }
    for (const auto& [name, value] : settings) {
        if (duckdb_set_config(config.get(), name.c_str(), value.c_str()) != DuckDBSuccess) {
            return EngineError{DUCKDB_ERROR_SETTINGS,
                               fmt::format("setting {} does not take \"{}\"", name, value)};
        }
    }
    Engine engine;
    char* reason = nullptr;
    if (duckdb_open_ext(path.empty() ? nullptr : path.c_str(), engine.database_.fill(),
                        config.get(), &reason) != DuckDBSuccess) {
        // Only words come back: what kind of error it was they must say.
        EngineError error{DUCKDB_ERROR_INVALID, reason == nullptr ? "no reason given" : reason};
        duckdb_free(reason);
        return error;
    }
    if (duckdb_connect(engine.database_.get(), engine.connection_.fill()) != DuckDBSuccess) {
        return EngineError{DUCKDB_ERROR_CONNECTION, "cannot connect"};
    }
    // The zone is a setting of the ICU extension, which is there only once the instance is open.
    QueryResult zone = engine.query("set TimeZone = 'UTC'");
    if (!zone.ok()) return zone.error();
    return engine;
}

Engine::Settings closed_settings(std::int64_t memory_limit_mb, int threads) {
    return {{"enable_external_access", "false"},
            {"autoinstall_known_extensions", "false"},
            {"autoload_known_extensions", "false"},
            {"allow_community_extensions", "false"},
            {"allow_persistent_secrets", "false"},
            {"memory_limit", fmt::format("{}MB", memory_limit_mb)},
            {"threads", fmt::format("{}", threads)}};
}

std::string clean_message(std::string_view message) {
    message = without_class(message);
    std::string line(message.substr(0, message.find('\n')));
    const bool is_sentence =
        line.size() > 1 && line[0] >= 'A' && line[0] <= 'Z' && !(line[1] >= 'A' && line[1] <= 'Z');
    if (is_sentence) line[0] = static_cast<char>(line[0] - 'A' + 'a');
    while (!line.empty() && (line.back() == '!' || line.back() == '.' || line.back() == ' ')) {
        line.pop_back();
    }
    return line;
}

std::string_view text_of(const duckdb_string_t& text) {
    const std::uint32_t length = text.value.inlined.length;
    const bool is_inlined = length <= sizeof(text.value.inlined.inlined);
    return {is_inlined ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

}  // namespace meshline
