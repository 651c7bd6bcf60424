#include "core/workspace/pack_shelf.hpp"

#include <algorithm>

namespace meshline {

const Pack* PackShelf::add(const std::string& name, const std::vector<PackFile>& files) {
    auto pack = load_pack(name, "packs/" + name, files, problems_, currencies_);
    auto& kept = read_[name];
    if (pack) kept = std::make_shared<const Pack>(std::move(*pack));
    return kept.get();
}

bool PackShelf::has(const std::string& name) const {
    return read_.contains(name) ||
           std::find(built_in_.begin(), built_in_.end(), name) != built_in_.end();
}

std::shared_ptr<const Pack> PackShelf::find(const std::string& name) {
    if (!has(name)) return nullptr;
    if (!read_.contains(name)) add(name, built_in_pack_files(name));
    return read_.at(name);
}

std::vector<std::string> PackShelf::names() const {
    std::vector<std::string> names = built_in_;
    for (const auto& [name, pack] : read_)
        names.push_back(name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace meshline
