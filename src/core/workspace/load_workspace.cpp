#include "core/workspace/load_workspace.hpp"

#include "core/workspace/leave_out.hpp"
#include "core/workspace/loaders.hpp"
#include "core/workspace/resolve_references.hpp"
#include "core/workspace/workspace_files.hpp"
#include "core/workspace/yaml_schemas.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tuple>

namespace meshline {
namespace {

std::vector<std::string> names_of(const std::vector<NamedFile>& files) {
    std::vector<std::string> names;
    for (const NamedFile& file : files)
        names.push_back(file.name);
    return names;
}

/// Files that are read of one workspace, and their bytes together: agencies have hundreds of
/// clients with some ten files each.
constexpr int files_max = 50'000;
constexpr std::size_t bytes_max = std::size_t{128} << 20;
/// Contracts and transforms of one pack, and their bytes: each contract is compiled beside the
/// others that it may refer to.
constexpr std::size_t pack_files_max = 200;
constexpr std::size_t pack_bytes_max = std::size_t{8} << 20;

/// One pass over all files of a workspace; problems gather and never stop it.
class WorkspaceLoader {
  public:
    WorkspaceLoader(std::string root, FileSystem& files, const KeptZones& zones)
        : root_(std::move(root)), files_(files), zones_(zones) {
        while (root_.size() > 1 && root_.ends_with('/'))
            root_.pop_back();
        workspace_.root = root_;
    }

    LoadedWorkspace load() {
        auto listed = files_.list(root_, workspace_folders_unread);
        if (!listed.ok()) {
            problems_.push_back(std::move(listed).error());
            return finish();
        }
        for (std::string& path : listed->files)
            path = relative(path);
        for (Error& problem : listed->problems)
            problem.where.file = relative(problem.where.file);
        is_listed_ = true;
        found_ = sort_workspace_files(std::move(*listed), problems_);
        load_top();
        load_own_currencies();
        load_packs();
        load_clients();
        load_kind("metrics", load_metric, workspace_.metrics);
        load_kind("checks", load_check, workspace_.checks);
        load_kind("reconciliations", load_reconciliation, workspace_.reconciliations);
        load_kind("attribution", load_attribution, workspace_.attributions);
        load_kind("reports", load_report, workspace_.reports);
        resolve();
        return finish();
    }

  private:
    std::string relative(const std::string& path) const {
        const std::string prefix = root_ == "/" ? root_ : root_ + "/";
        return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
    }

    std::optional<std::string> read(const std::string& path) {
        if (found_.broken.contains(path)) return std::nullopt;
        if (file_count_ == files_max || byte_count_ > bytes_max) {
            problems_.push_back(
                Error{.kind = ErrorKind::invalid,
                      .code = "workspace.too_large",
                      .message = fmt::format("the workspace has more than {} files or {} MiB",
                                             files_max, bytes_max >> 20),
                      .hint = "Definitions are small files: move data to data/, or split the"
                              " workspace."}
                    .at({.file = path}));
            return std::nullopt;
        }
        auto text = files_.read_text((root_ == "/" ? root_ : root_ + "/") + path);
        ++file_count_;
        if (text.ok()) {
            byte_count_ += text->size();
            return std::move(text).value();
        }
        problems_.push_back(std::move(text).error().at({.file = path}));
        return std::nullopt;
    }

    std::optional<YamlNode> parse(const std::string& path) {
        const auto text = read(path);
        if (!text) return std::nullopt;
        auto root = parse_yaml(*text, path);
        if (root.ok()) {
            hold_against_schema(*root, path);
            return std::move(root).value();
        }
        problems_.push_back(std::move(root).error());
        return std::nullopt;
    }

    void hold_against_schema(const YamlNode& root, const std::string& path) {
        for (Error& error : check_by_schema(root, path))
            schema_problems_.push_back(std::move(error));
    }

    /// What a reader said of a file says it better; the schema has the last word on the others.
    void add_schema_problems() {
        std::set<std::string> known;
        for (const Error& problem : problems_)
            known.insert(problem.where.file);
        for (Error& problem : schema_problems_) {
            if (!known.contains(problem.where.file)) problems_.push_back(std::move(problem));
        }
    }

    void report_missing(const std::string& path, std::string hint) {
        problems_.push_back(Error{.kind = ErrorKind::invalid,
                                  .code = "workspace.missing_file",
                                  .message = fmt::format("there is no {}", path),
                                  .hint = std::move(hint)}
                                .at({.file = path}));
    }

    void load_top() {
        if (!found_.has_workspace) {
            report_missing("meshline.yaml", "Write \"workspace: NAME\" to it.");
        } else if (const auto root = parse("meshline.yaml")) {
            YamlFile file{"meshline.yaml", problems_};
            const YamlReader reader(*root, "workspace", {"workspace", "data_group"}, file);
            workspace_.name = reader.name("workspace", Need::required);
        }
        if (!found_.has_owners) {
            report_missing("owners.yaml", "List the people and teams that own definitions.");
        } else if (const auto root = parse("owners.yaml")) {
            YamlFile file{"owners.yaml", problems_};
            workspace_.owners = load_owners(*root, file);
            known_.owners = workspace_.owners.ids();
        }
    }

    /// Before all that names a currency.
    void load_own_currencies() {
        if (!found_.has_currencies) return;
        const auto root = parse("currencies.yaml");
        if (!root) return;
        YamlFile file{"currencies.yaml", problems_};
        workspace_.currencies =
            load_currencies({"currencies", *root, file, references_, workspace_.asked_columns});
    }

    /// Its sources say that they know no such pack; this says why.
    void report_large_pack(const std::string& name) {
        problems_.push_back(
            Error{.kind = ErrorKind::invalid,
                  .code = "pack.too_large",
                  .message = fmt::format("pack \"{}\" has more than {} contracts and transforms, or"
                                         " {} MiB of them",
                                         name, pack_files_max, pack_bytes_max >> 20),
                  .hint = "Split it into packs of fewer streams."}
                .at({.file = fmt::format("packs/{}/pack.yaml", name)}));
    }

    void load_packs() {
        for (const auto& [name, paths] : found_.packs) {
            std::vector<PackFile> files;
            bool is_broken = found_.broken.contains("packs/" + name);
            std::size_t read_count = 0;
            std::size_t byte_count = 0;
            for (const std::string& path : paths) {
                // Examples, tests and READMEs are for people and tests: their bytes stay unread.
                const std::string shown = "packs/" + name + "/" + path;
                const bool is_read = path == "pack.yaml" || path.starts_with("contracts/") ||
                                     path.starts_with("transforms/");
                auto bytes = is_read || found_.broken.contains(shown) ? read(shown) : std::string();
                is_broken = is_broken || !bytes;
                if (!bytes) continue;
                read_count += is_read ? 1 : 0;
                byte_count += bytes->size();
                files.push_back({path, std::move(*bytes)});
                if (path != "pack.yaml") continue;
                const auto root = parse_yaml(files.back().bytes, path);
                if (root.ok()) hold_against_schema(*root, shown);
            }
            if (is_broken) {
                shelf_.add_broken(name);
                continue;
            }
            if (read_count > pack_files_max || byte_count > pack_bytes_max) {
                report_large_pack(name);
                continue;
            }
            const Pack* pack = shelf_.add(name, files);
            if (!pack) continue;
            if (pack->owner.empty()) {
                YamlFile(pack->file, problems_)
                    .report(pack->owner_at, "workspace.missing_owner",
                            fmt::format("pack \"{}\" has no owner", name),
                            "Add \"owner\" with a person or team of owners.yaml.");
            } else {
                references_.push_back({.kind = ReferenceKind::owner,
                                       .name = {pack->owner, pack->owner_at},
                                       .stream = {},
                                       .clients = {}});
            }
            refer_to_field_owners(*pack);
        }
    }

    /// Streams may share a contract.
    void refer_to_field_owners(const Pack& pack) {
        std::set<const Contract*> seen;
        for (const StreamDefinition& stream : pack.streams) {
            if (!seen.insert(stream.contract.get()).second) continue;
            for (const Contract::NamedOwner& named : stream.contract->owners()) {
                references_.push_back({.kind = ReferenceKind::owner,
                                       .name = {named.owner, named.where},
                                       .stream = {},
                                       .clients = {}});
            }
        }
    }

    void load_clients() {
        for (const auto& [name, files] : found_.clients) {
            known_.clients.push_back(name);
            auto& sources = known_.sources[name];
            for (const NamedFile& source : files.sources)
                sources[source.name] = std::nullopt;
            const bool is_hidden = found_.broken.contains("clients/" + name);
            if (is_hidden || found_.broken.contains("clients/" + name + "/sources"))
                known_.are_sources_whole = false;
            if (is_hidden) continue;
            if (!files.has_definition) {
                report_missing(files.path, "Add it, or remove the folder.");
                continue;
            }
            const auto root = parse(files.path);
            if (!root) continue;
            YamlFile file{files.path, problems_};
            ClientDefinition client =
                load_client({name, *root, file, references_, workspace_.asked_columns,
                             workspace_.currencies.table},
                            zones_);
            for (const NamedFile& source : files.sources)
                load_one_source(source, client);
            open_transform_zones(client);
            workspace_.clients.push_back(std::move(client));
        }
    }

    void load_one_source(const NamedFile& source, ClientDefinition& client) {
        const auto root = parse(source.path);
        if (!root) return;
        YamlFile file{source.path, problems_};
        SourceDefinition loaded =
            load_source({source.name, *root, file, references_, workspace_.asked_columns}, client,
                        shelf_, zones_);
        if (loaded.pack) known_.sources[client.id.text()][source.name] = loaded.streams;
        client.sources.push_back(std::move(loaded));
    }

    /// A zone that nobody knows is left out: the transform engine says where it is named.
    void open_transform_zones(ClientDefinition& client) const {
        for (const SourceDefinition& source : client.sources) {
            for (const std::string& name : source.streams) {
                const StreamDefinition* stream = source.pack ? source.pack->find(name) : nullptr;
                if (!stream) continue;
                for (const PackTransform& transform : stream->transforms) {
                    for (const std::string& zone : transform.zones) {
                        auto opened = zones_.open(client.id.text(), zone);
                        if (opened.ok()) client.transform_zones.emplace(zone, std::move(*opened));
                    }
                }
            }
        }
    }

    template <class Kind>
    void load_kind(const std::string& folder, Kind (*load_one)(const DefinitionFile&),
                   std::vector<Kind>& into) {
        for (const NamedFile& named : found_.definitions[folder]) {
            const auto root = parse(named.path);
            if (!root) continue;
            YamlFile file{named.path, problems_};
            into.push_back(
                load_one({named.name, *root, file, references_, workspace_.asked_columns}));
        }
    }

    void resolve() {
        known_.metrics = names_of(found_.definitions["metrics"]);
        for (const MetricDefinition& metric : workspace_.metrics)
            known_.is_money[metric.head.name] = metric.aggregate == Aggregate::sum_amount;
        known_.reconciliations = names_of(found_.definitions["reconciliations"]);
        known_.attributions = names_of(found_.definitions["attribution"]);
        resolve_references(references_, known_, problems_);
    }

    /// Without the workspace's name nothing is sure to be of it, without its owners nothing has
    /// one, without its currencies records would fail that did not, and where a folder is hidden
    /// nobody can say what is left out.
    bool has_top() const {
        const bool is_good = std::ranges::none_of(problems_, [](const Error& problem) {
            return problem.where.file == "meshline.yaml" || problem.where.file == "currencies.yaml";
        });
        return is_listed_ && found_.is_whole && is_good && known_.owners.has_value();
    }

    LoadedWorkspace finish() {
        add_schema_problems();
        const auto place = [](const Error& error) {
            return std::tie(error.where.file, error.where.line, error.where.column, error.code,
                            error.message);
        };
        std::sort(problems_.begin(), problems_.end(), [&](const Error& left, const Error& right) {
            return place(left) < place(right);
        });
        LoadedWorkspace loaded;
        loaded.file_count = file_count_;
        if (has_top()) {
            leave_out_broken(workspace_, known_.clients, problems_);
            loaded.workspace = std::move(workspace_);
        }
        loaded.problems = std::move(problems_);
        return loaded;
    }

    std::string root_;
    FileSystem& files_;
    const KeptZones& zones_;
    WorkspaceFiles found_;
    Workspace workspace_;
    std::vector<Error> problems_;
    std::vector<Error> schema_problems_;
    std::vector<Reference> references_;
    KnownNames known_;
    PackShelf shelf_{problems_, workspace_.currencies.table};
    int file_count_ = 0;
    std::size_t byte_count_ = 0;
    bool is_listed_ = false;
};

}  // namespace

const ClientDefinition* Workspace::find_client(std::string_view wanted) const {
    for (const ClientDefinition& client : clients) {
        if (client.id.text() == wanted) return &client;
    }
    return nullptr;
}

LoadedWorkspace load_workspace(const std::string& root, FileSystem& files, const KeptZones& zones) {
    return WorkspaceLoader(root, files, zones).load();
}

}  // namespace meshline
