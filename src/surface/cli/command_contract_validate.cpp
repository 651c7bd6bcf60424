#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/jsonschema/schema_output.hpp"
#include "base/text/text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/json_instances.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

struct ValidateArguments {
    std::string schema;
    std::vector<std::string> files;
    std::vector<std::string> remotes;  ///< "BASE_URI=FOLDER"
    std::string draft = "2020-12";
    std::string output = "basic";
    bool asserts_formats = false;
};

Error usage(std::string message, std::string hint) {
    return Error{.code = "cli.usage", .message = std::move(message), .hint = std::move(hint)};
}

/// Every file below the folders, by the base URI and its path below the folder.
Result<std::vector<SchemaFile>> read_remotes(FileSystem& files,
                                             const std::vector<std::string>& remotes) {
    std::vector<SchemaFile> found;
    for (const std::string& remote : remotes) {
        const std::size_t equals = remote.rfind('=');
        if (equals == std::string::npos || equals == 0) {
            return usage(fmt::format("--remotes \"{}\" names no folder", remote),
                         "Write --remotes BASE_URI=FOLDER.");
        }
        std::string base = remote.substr(0, equals);
        const std::string folder = remote.substr(equals + 1);
        if (!base.ends_with('/')) base += '/';
        // A schema that cannot be read is missed where one refers to it.
        MESHLINE_ASSIGN(const FileList listed, files.list(folder, {}));
        for (const std::string& path : listed.files) {
            if (!path.ends_with(".json")) continue;
            std::string_view name = std::string_view(path).substr(folder.size());
            while (name.starts_with('/'))
                name.remove_prefix(1);
            MESHLINE_ASSIGN(std::string text, files.read_text(path));
            found.push_back({base + std::string(name), std::move(text), path});
        }
    }
    return found;
}

Result<JsonSchema> compile(FileSystem& files, const ValidateArguments& arguments) {
    SchemaOptions options;
    options.asserts_formats = arguments.asserts_formats;
    const auto dialect = dialect_of_name(arguments.draft);
    if (!dialect) {
        const std::vector<std::string> known = {"2020-12", "2019-09", "7", "6", "4"};
        return usage(fmt::format("unknown draft \"{}\"", arguments.draft),
                     hint_for_unknown(arguments.draft, known));
    }
    options.dialect = *dialect;
    MESHLINE_ASSIGN(const auto others, read_remotes(files, arguments.remotes));
    MESHLINE_ASSIGN(const std::string text, files.read_text(arguments.schema));
    return JsonSchema::compile(text, arguments.schema, others, options);
}

/// What is said of a text that is no JSON, in the words of a verdict.
SchemaError not_json(const Error& error) {
    return {.instance_location = "",
            .keyword = "",
            .keyword_location = "",
            .absolute_keyword_location = "",
            .message = fmt::format("no JSON: {} at byte {}", error.message, error.where.offset),
            .hint = error.hint};
}

std::vector<SchemaError> judge(const JsonSchema& schema, JsonDocument& document,
                               std::string_view text) {
    const auto instance = document.parse(text, DuplicateKeys::equal);
    if (!instance.ok()) return {not_json(instance.error())};
    return schema.validate(*instance);
}

void print_verdict(const std::string& place, const std::vector<SchemaError>& errors) {
    if (errors.empty()) return;
    std::string text = text_line("{}: not valid", place);
    for (const SchemaError& error : errors) {
        text += text_line("  {}: {}",
                          error.instance_location.empty() ? "the whole" : error.instance_location,
                          error.message);
        if (!error.hint.empty()) text += text_line("    hint: {}", error.hint);
        if (!error.keyword.empty()) {
            text += text_line("    by {}", error.absolute_keyword_location);
        }
    }
    print(text);
}

Result<int> validate(Session& session, const ValidateArguments& arguments) {
    FileSystem& files = session.installation().files();
    const auto form = output_form_of_name(arguments.output);
    if (!form) {
        return usage(fmt::format("unknown form of output \"{}\"", arguments.output),
                     "It is flag, basic or detailed.");
    }
    MESHLINE_ASSIGN(const JsonSchema schema, compile(files, arguments));
    JsonDocument document;
    int count = 0;
    int bad_count = 0;
    for (const std::string& path : arguments.files) {
        MESHLINE_ASSIGN(const JsonInstances found, read_instances(files, path));
        for (const JsonInstances::Instance& instance : found.instances) {
            ++count;
            const std::vector<SchemaError> errors = judge(schema, document, instance.text);
            if (!errors.empty()) ++bad_count;
            if (session.is_json()) {
                JsonWriter writer;
                writer.begin_object().member("instance", count).member("file", path);
                if (found.has_lines) writer.member("line", instance.line);
                write_output(writer, errors, *form);
                print_json(writer.end_object().take() + "\n");
            } else {
                print_verdict(found.has_lines ? fmt::format("{}:{}", path, instance.line) : path,
                              errors);
            }
        }
    }
    if (!session.is_json()) {
        print(text_line("{} instance{}, {} not valid", with_thousands(count), count == 1 ? "" : "s",
                        with_thousands(bad_count)));
    }
    return bad_count == 0 ? 0 : exit_code_of(ErrorKind::invalid);
}

}  // namespace

void add_contract_validate(CLI::App& contract, CommandBody& chosen) {
    CLI::App* command =
        contract.add_subcommand("validate", "Hold JSON or NDJSON files against a JSON Schema");
    auto arguments = std::make_shared<ValidateArguments>();
    command->add_option("SCHEMA", arguments->schema, "file of the JSON Schema")->required();
    command->add_option("FILE", arguments->files, "JSON or NDJSON files; - is standard input")
        ->required();
    command
        ->add_option("--remotes", arguments->remotes,
                     "folder of the schemas that references lead to, by their base URI")
        ->type_name("BASE_URI=FOLDER")
        ->expected(1)
        ->take_all();
    command->add_flag("--assert-formats", arguments->asserts_formats,
                      "hold texts against their \"format\"");
    command
        ->add_option("--draft", arguments->draft,
                     "draft of a schema without $schema: 2020-12 (default), 2019-09, 7, 6 or 4")
        ->type_name("D");
    command
        ->add_option("--output", arguments->output,
                     "form of the verdicts with --json: flag, basic (default) or detailed")
        ->type_name("FORM");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return validate(session, *arguments); };
    });
}

}  // namespace meshline
