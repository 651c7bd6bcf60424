#include "base/json/json.hpp"
#include "operate/demo/shop_template.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

Result<int> init(Session& session, const std::string& folder) {
    FileSystem& files = session.installation().files();
    if (files.exists(folder + "/meshline.yaml")) {
        return Error{.kind = ErrorKind::conflict,
                     .code = "init.exists",
                     .message = fmt::format("\"{}\" is a workspace already", folder),
                     .hint = "Name another folder, or remove its meshline.yaml first."};
    }
    int count = 0;
    for (const EmbeddedFile& file : shop_template()) {
        const std::string path = fmt::format("{}/{}", folder, file.path);
        if (files.exists(path)) {
            return Error{.kind = ErrorKind::conflict,
                         .code = "init.exists",
                         .message = fmt::format("\"{}\" exists already", path),
                         .hint = "Start in an empty folder: init never overwrites a file."};
        }
    }
    for (const EmbeddedFile& file : shop_template()) {
        MESHLINE_TRY(
            files.write_text(fmt::format("{}/{}", folder, file.path), std::string(file.bytes)));
        ++count;
    }
    if (session.is_json()) {
        JsonWriter writer(true);
        writer.begin_object().member("folder", folder).member("files", count);
        print_json(writer.end_object().take() + "\n");
        return 0;
    }
    print(text_line("{} files are in {}", count, folder) +
          "Next: name your shop and its sources in clients/, your people in owners.yaml,"
          " then run meshline check.\n");
    return 0;
}

}  // namespace

void add_init(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("init", "Start a workspace with the definitions of a shop");
    auto folder = std::make_shared<std::string>(".");
    command->add_option("DIR", *folder, "folder of the new workspace (default: here)");
    command->callback([&chosen, folder] {
        chosen = [folder](Session& session) { return init(session, *folder); };
    });
}

}  // namespace meshline
