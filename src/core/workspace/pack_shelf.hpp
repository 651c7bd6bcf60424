#pragma once

#include "core/packs/pack.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// The packs that sources can name: those of the workspace, then the built-in ones, each read once.
class PackShelf {
  public:
    /// Both must outlive it.
    PackShelf(std::vector<Error>& problems, const CurrencyTable& currencies)
        : problems_(problems), currencies_(currencies) {}

    /// Reads a pack of the workspace, which hides a built-in one of the same name.
    const Pack* add(const std::string& name, const std::vector<PackFile>& files);
    /// A pack of the workspace that cannot be read, as was reported.
    void add_broken(const std::string& name) { read_[name] = nullptr; }
    bool has(const std::string& name) const;
    /// Nothing for a pack that is unknown, or that has problems (reported when it was read).
    std::shared_ptr<const Pack> find(const std::string& name);
    std::vector<std::string> names() const;

  private:
    std::vector<Error>& problems_;
    const CurrencyTable& currencies_;
    std::vector<std::string> built_in_ = built_in_pack_names();
    std::map<std::string, std::shared_ptr<const Pack>> read_;
};

}  // namespace meshline
