#pragma once

#include "core/contract/contract.hpp"
#include "core/packs/pack.hpp"
#include "core/packs/yaml_reader.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// The files of one pack while it is read: knows which were used, compiles each contract once.
/// `files` must outlive it.
class PackFolder {
  public:
    PackFolder(std::string shown_folder, const std::vector<PackFile>& files,
               std::vector<Error>& problems);

    /// The path as people see it: packs/shopify/pack.yaml.
    std::string shown(const std::string& path) const;
    const PackFile* find(const std::string& path) const;
    /// The file that pack.yaml names at `reference`, which must end in `suffix` and lie in
    /// `folder`; else pack.misplaced_file or pack.missing_file is reported.
    const PackFile* use(const PlacedText& reference, std::string_view folder,
                        std::string_view suffix);
    /// Nothing when the file is missing or does not compile; reported once per file. The contract
    /// may refer to the other contracts of the pack by their file names.
    std::shared_ptr<const Contract> contract(const PlacedText& reference);
    /// Reports contracts and transforms that nothing uses, and files that no pack has.
    void report_strays() const;
    std::vector<Error>& problems() { return problems_; }

  private:
    Result<Contract> compile(const PackFile& file) const;
    void report_once(Error problem);

    std::string shown_folder_;
    const std::vector<PackFile>& files_;
    std::vector<Error>& problems_;
    std::set<std::string> used_;
    // shared: streams of one pack may share a contract
    std::map<std::string, std::shared_ptr<const Contract>> contracts_;
};

}  // namespace meshline
