#include "core/workspace/workspace_files.hpp"

#include "base/text/text.hpp"
#include "core/packs/pack.hpp"
#include "core/packs/yaml_reader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

const std::vector<std::string> definition_folders = {
    "clients", "metrics", "checks", "reconciliations", "attribution", "reports", "packs"};
const std::vector<std::string> known_files = {"meshline.yaml", "owners.yaml", "currencies.yaml"};

bool is_in(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_yaml(std::string_view file) {
    return file.ends_with(".yaml") || file.ends_with(".yml");
}

/// However its ending is written.
bool is_definition(std::string_view file) {
    const std::string name = to_lower_ascii(file);
    return is_yaml(name) || name.ends_with(".sql") || name.ends_with(".schema.json");
}

bool is_for_people(std::string_view file) {
    return file.ends_with(".md") || (file.starts_with("README") && !is_definition(file));
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
        if (is_in(workspace_folders_unread, folder)) return;
        if (!is_in(definition_folders, folder)) {
            // What a report was written to, or an export that waits, is no folder of definitions.
            if (is_definition(path)) report_folder(std::string(folder));
            return;
        }
        if (folder == "packs") return sort_pack(path, parts);
        if (is_for_people(parts.back())) return;
        if (folder == "clients") return sort_client(path, parts);
        if (parts.size() != 2 || !is_yaml(parts.back())) {
            return misplace(path, fmt::format("This folder holds {}/NAME.yaml.", folder));
        }
        add(files_.definitions[std::string(folder)], parts.back(), path);
    }

    /// A path that cannot be read or looked into is a problem where something may have been meant
    /// to be read; what it would have been is known as if it could.
    void sort_broken(Error problem) {
        const std::string path = problem.where.file;
        if (!may_be_meant(path)) return;
        files_.broken.insert(path);
        problems_.push_back(std::move(problem));
        sort(path);
    }

    WorkspaceFiles take() { return std::move(files_); }

  private:
    static bool may_be_meant(const std::string& path) {
        const std::vector<std::string_view> parts = split(path, '/');
        if (parts.size() == 1) return is_definition(path) || is_in(definition_folders, path);
        if (!is_in(definition_folders, parts.front())) return is_definition(path);
        if (parts.front() == "packs" && parts.size() > 2) return !is_unread_in_pack(in_pack(path));
        return !is_for_people(parts.back());
    }

    /// packs/NAME/REST -> REST
    static std::string in_pack(const std::string& path) {
        return path.substr(path.find('/', path.find('/') + 1) + 1);
    }

    void sort_top(const std::string& path) {
        if (path == "meshline.yaml") {
            files_.has_workspace = true;
        } else if (path == "owners.yaml") {
            files_.has_owners = true;
        } else if (path == "currencies.yaml") {
            files_.has_currencies = true;
        } else if (is_in(definition_folders, path)) {
            // As git leaves a link to a folder where the system knows no links.
            files_.is_whole = false;
            misplace(path, fmt::format("Put the folder of {} in its place.", path));
        } else if (is_definition(path)) {
            // Other files (a licence, a Makefile) cannot be mistaken for definitions.
            const auto near = nearest_name(path, known_files);
            misplace(path, near ? fmt::format("Did you mean \"{}\"?", *near)
                                : "Move it to the folder of its kind, or to docs or data.");
        }
    }

    void sort_pack(const std::string& path, const std::vector<std::string_view>& parts) {
        if (parts.size() > 2) {
            files_.packs[std::string(parts[1])].push_back(in_pack(path));
        } else if (files_.broken.contains(path)) {
            files_.packs[std::string(parts[1])];
        } else if (!is_for_people(parts.back())) {
            misplace(path, "Packs lie in packs/NAME/pack.yaml.");
        }
    }

    void sort_client(const std::string& path, const std::vector<std::string_view>& parts) {
        if (parts.size() < 3 && !files_.broken.contains(path)) {
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
        std::vector<std::string> known = definition_folders;
        known.insert(known.end(), workspace_folders_unread.begin(), workspace_folders_unread.end());
        report(folder, "workspace.unknown_folder", fmt::format("unknown folder \"{}\"", folder),
               hint_for_name(folder, known));
    }

    void misplace(const std::string& path, std::string hint) {
        if (files_.broken.contains(path)) return;
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

const std::vector<std::string> workspace_folders_unread = {"data", "examples", "docs"};

WorkspaceFiles sort_workspace_files(FileList listed, std::vector<Error>& problems) {
    FileSorter sorter(problems);
    for (Error& problem : listed.problems)
        sorter.sort_broken(std::move(problem));
    std::ranges::sort(listed.files);
    for (const std::string& path : listed.files)
        sorter.sort(path);
    return sorter.take();
}

}  // namespace meshline
