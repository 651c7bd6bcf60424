#include "base/json/json_writer.hpp"
#include "operate/answers/definition_check.hpp"

namespace meshline {
namespace {

void write_problem(JsonWriter& writer, const Error& problem) {
    writer.begin_object();
    writer.member("code", problem.code).member("message", problem.message);
    writer.member("hint", problem.hint).member("file", problem.where.file);
    writer.member("line", problem.where.line).member("column", problem.where.column);
    writer.end_object();
}

}  // namespace

std::string definition_check_json(const DefinitionCheck& check) {
    JsonWriter writer(true);
    writer.begin_object().member("files", check.file_count).key("problems").begin_array();
    for (const Error& problem : check.problems)
        write_problem(writer, problem);
    return writer.end_array().end_object().take() + "\n";
}

}  // namespace meshline
