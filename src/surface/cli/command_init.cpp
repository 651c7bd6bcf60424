#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/packs/pack.hpp"
#include "operate/demo/shop_template.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// A pack of the binary as files of the workspace, where it goes before the built-in one.
Result<int> copy_pack(Session& session, const std::string& folder, const std::string& pack) {
    const std::vector<std::string> known = built_in_pack_names();
    if (std::ranges::find(known, pack) == known.end()) {
        return Error{.kind = ErrorKind::not_found,
                     .code = "init.unknown_pack",
                     .message = fmt::format("no pack \"{}\" is built in", pack),
                     .hint = hint_for_unknown(pack, known)};
    }
    FileSystem& files = session.installation().files();
    const std::string into = (folder == "." ? "packs/" : folder + "/packs/") + pack;
    if (files.exists(into)) {
        return Error{.kind = ErrorKind::conflict,
                     .code = "init.exists",
                     .message = fmt::format("\"{}\" exists already", into),
                     .hint = "Change what is there: init never overwrites a file."};
    }
    const std::vector<PackFile> copied = built_in_pack_files(pack);
    for (const PackFile& file : copied)
        MESHLINE_TRY(files.write_text(fmt::format("{}/{}", into, file.path), file.bytes));
    if (session.is_json()) {
        JsonWriter writer(true);
        writer.begin_object().member("folder", into);
        writer.member("files", static_cast<std::int64_t>(copied.size()));
        print_json(writer.end_object().take() + "\n");
        return 0;
    }
    print(text_line("{} files are in {}", copied.size(), into) +
          text_line("Next: give {}/pack.yaml an owner, then change what you came for.", into));
    return 0;
}

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
    auto pack = std::make_shared<std::string>();
    command
        ->add_option("--pack", *pack,
                     "copy this built-in pack into DIR/packs instead, to change it")
        ->type_name("PACK");
    command->callback([&chosen, folder, pack] {
        chosen = [folder, pack](Session& session) {
            return pack->empty() ? init(session, *folder) : copy_pack(session, *folder, *pack);
        };
    });
}

}  // namespace meshline
