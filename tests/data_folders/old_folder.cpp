#include "data_folders/old_folder.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "support/text.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace meshline::test {
namespace {

/// The words before the third: clients and metrics of the figures.
std::set<std::pair<std::string, std::string>> units_of(std::string_view figures) {
    std::set<std::pair<std::string, std::string>> units;
    for (const std::string_view line : lines_of(figures)) {
        const std::size_t client = line.find(' ');
        const std::size_t metric = line.find(' ', client + 1);
        units.emplace(line.substr(0, client), line.substr(client + 1, metric - client - 1));
    }
    return units;
}

std::string text_of(JsonValue object, std::string_view member) {
    const auto value = object.find(member);
    return !value || value->is(JsonType::null) ? "-" : std::string(value->text());
}

}  // namespace

OldFolder::OldFolder(std::string version) : version_(std::move(version)) {
    const auto unpacked = run_shell(fmt::format(
        "tar -xzf {} -C {}", shell_quoted(kept("folder.tar.gz")), shell_quoted(folder_.path())));
    EXPECT_EQ(unpacked.exit_code, 0) << unpacked.output;
}

std::string OldFolder::kept(const std::string& name) const {
    return fmt::format("{}/tests/data_folders/{}/{}", MESHLINE_SOURCE_DIR, version_, name);
}

std::string OldFolder::said(const std::string& name) const {
    return read_file(kept(name));
}

void OldFolder::remove(const std::string& name) const {
    std::filesystem::remove_all(path(name));
}

ShellResult OldFolder::run(const std::string& words) const {
    return run_shell(fmt::format("{} --workspace {} --data {} {}", MESHLINE_BINARY,
                                 path("workspace"), path("data"), words));
}

std::string OldFolder::print(const std::string& words) const {
    const ShellResult done = run(words);
    EXPECT_EQ(done.exit_code, 0) << words << "\n" << done.output;
    return done.output;
}

std::string OldFolder::figures() const {
    std::string lines;
    for (const auto& [client, metric] : units_of(said("figures.txt"))) {
        const std::string printed =
            print(fmt::format("report {} --metric {} --json", client, metric));
        JsonDocument document;
        const auto root = document.parse(printed);
        if (!root.ok()) return printed;
        for_each_child(*root->find("figures"), [&](JsonValue figure) {
            lines += fmt::format("{} {} {} {} {} {}\n", client, metric, text_of(figure, "period"),
                                 text_of(figure, "value"), text_of(figure, "state"),
                                 text_of(figure, "version"));
        });
    }
    return lines;
}

std::string OldFolder::exceptions() const {
    const std::string printed = print("exceptions --json");
    JsonDocument document;
    const auto root = document.parse(printed);
    if (!root.ok()) return printed;
    std::string lines;
    for_each_child(*root->find("exceptions"), [&](JsonValue one) {
        lines += fmt::format("{} | {} | {} | {} | {} | {}\n", text_of(one, "id"),
                             text_of(one, "client"), text_of(one, "type"), text_of(one, "severity"),
                             text_of(one, "owner"), text_of(one, "title"));
    });
    return lines;
}

std::unique_ptr<ControlStore> OldFolder::control() const {
    auto opened = SqliteControl::open(path("data/control.sqlite"));
    if (!opened.ok()) {
        ADD_FAILURE() << render(opened.error());
        return nullptr;
    }
    return std::move(*opened);
}

Digest root_of(const std::vector<std::string>& leaves, std::size_t count) {
    MerkleFrontier tree;
    for (std::size_t index = 0; index < count; ++index)
        tree.append(merkle_leaf(leaves[index]));
    return tree.root();
}

}  // namespace meshline::test
