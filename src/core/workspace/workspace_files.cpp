#include "core/workspace/workspace_files.hpp"

#include "base/text/text.hpp"
#include "core/packs/yaml_reader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

const std::vector<std::string> known_folders = {
    "clients", "metrics", "checks", "reconciliations", "attribution",
    "reports", "packs",   "data",   "examples",        "docs"};
const std::vector<std::string> known_files = {"meshline.yaml", "owners.yaml"};

bool is_yaml(std::string_view file) {
    return file.ends_with(".yaml") || file.ends_with(".yml");
}

bool is_definition(std::string_view file) {
    return is_yaml(file) || file.ends_with(".sql") || file.ends_with(".schema.json");
}

bool is_for_people(std::string_view file) {
    return file.starts_with("README") || file.ends_with(".md");
}

bool is_hidden(std::string_view part) {
    return part.starts_with(".");
}

std::string stem(std::string_view file) {
    return std::string(file.substr(0, file.rfind('.')));
}

/// Takes one path after the other; the parts of a path are its folders and its file.
class FileSorter {
  public:
    explicit FileSorter(std::vector<Error>& problems) : problems_(problems) {}

    void sort(const std::string& path) {
        const std::vector<std::string_view> parts = split(path, '/');
        if (std::any_of(parts.begin(), parts.end(), is_hidden)) return;
        const std::string_view folder = parts.front();
        if (parts.size() == 1) return sort_top(path);
        if (folder == "data" || folder == "examples" || folder == "docs") return;
        if (folder == "packs" && parts.size() > 2) {
            files_.packs[std::string(parts[1])].push_back(
                path.substr(parts[0].size() + parts[1].size() + 2));
            return;
        }
        const bool is_known =
            std::find(known_folders.begin(), known_folders.end(), folder) != known_folders.end();
        if (!is_known) {
            // What a report was written to, or an export that waits, is no folder of definitions.
            if (is_definition(path)) report_folder(std::string(folder));
            return;
        }
        if (is_for_people(parts.back())) return;
        if (folder == "clients") return sort_client(path, parts);
        if (folder == "packs") return misplace(path, "Packs lie in packs/NAME/pack.yaml.");
        if (parts.size() != 2 || !is_yaml(parts.back())) {
            return misplace(path, fmt::format("This folder holds {}/NAME.yaml.", folder));
        }
        add(files_.definitions[std::string(folder)], parts.back(), path);
    }

    WorkspaceFiles take() { return std::move(files_); }

  private:
    void sort_top(const std::string& path) {
        if (path == "meshline.yaml") {
            files_.has_workspace = true;
        } else if (path == "owners.yaml") {
            files_.has_owners = true;
        } else if (is_definition(path)) {
            // Other files (a licence, a Makefile) cannot be mistaken for definitions.
            const auto near = nearest_name(path, known_files);
            misplace(path, near ? fmt::format("Did you mean \"{}\"?", *near)
                                : "Move it to the folder of its kind, or to docs or data.");
        }
    }

    void sort_client(const std::string& path, const std::vector<std::string_view>& parts) {
        if (parts.size() < 3) {
            return misplace(path, "Clients lie in clients/NAME/client.yaml.");
        }
        WorkspaceFiles::Client& client = files_.clients[std::string(parts[1])];
        client.path = fmt::format("clients/{}/client.yaml", parts[1]);
        if (path == client.path) {
            client.has_definition = true;
        } else if (parts.size() == 4 && parts[2] == "sources" && is_yaml(parts[3])) {
            add(client.sources, parts[3], path);
        } else {
            misplace(path, "A client's folder holds client.yaml and sources/NAME.yaml.");
        }
    }

    void add(std::vector<NamedFile>& list, std::string_view file, const std::string& path) {
        const std::string name = stem(file);
        for (const NamedFile& earlier : list) {
            if (earlier.name != name) continue;
            report(path, "workspace.duplicate_name", fmt::format("\"{}\" is defined twice", name),
                   fmt::format("{} defines it too: remove one of the two.", earlier.path));
            return;
        }
        list.push_back({name, path});
    }

    void report_folder(const std::string& folder) {
        if (!unknown_folders_.insert(folder).second) return;
        report(folder, "workspace.unknown_folder", fmt::format("unknown folder \"{}\"", folder),
               hint_for_name(folder, known_folders));
    }

    void misplace(const std::string& path, std::string hint) {
        report(path, "workspace.misplaced_file", "nothing reads this file", std::move(hint));
    }

    void report(const std::string& path, std::string code, std::string message, std::string hint) {
        problems_.push_back(Error{.kind = ErrorKind::invalid,
                                  .code = std::move(code),
                                  .message = std::move(message),
                                  .hint = std::move(hint)}
                                .at({.file = path}));
    }

    std::vector<Error>& problems_;
    WorkspaceFiles files_;
    std::set<std::string> unknown_folders_;
};

}  // namespace

WorkspaceFiles sort_workspace_files(const std::vector<std::string>& paths,
                                    std::vector<Error>& problems) {
    FileSorter sorter(problems);
    std::vector<std::string> in_order = paths;
    std::sort(in_order.begin(), in_order.end());
    for (const std::string& path : in_order)
        sorter.sort(path);
    return sorter.take();
}

}  // namespace meshline
