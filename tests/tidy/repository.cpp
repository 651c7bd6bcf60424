#include "tidy/repository.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <filesystem>

namespace meshline::tidy {

namespace fs = std::filesystem;

std::string_view SourceFile::name() const {
    return std::string_view(path).substr(path.rfind('/') + 1);
}

std::string_view SourceFile::folder() const {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string_view()
                                      : std::string_view(path).substr(0, slash);
}

bool SourceFile::is_under(std::string_view folder) const {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

const SourceFile* Repository::find(std::string_view path) const {
    const auto found = std::ranges::lower_bound(files, path, {}, &SourceFile::path);
    return found != files.end() && found->path == path ? &*found : nullptr;
}

Repository read_repository(const std::string& root) {
    Repository repository;
    const auto take = [&](const fs::path& path) {
        repository.files.push_back(
            {fs::relative(path, root).string(), test::read_file(path.string())});
    };
    for (const char* folder : {"bench", "cmake", "docs", "examples", "packs", "schema", "scripts",
                               "src", "templates", "tests"}) {
        if (!fs::exists(fs::path(root) / folder)) continue;
        for (auto entry = fs::recursive_directory_iterator(fs::path(root) / folder);
             entry != fs::recursive_directory_iterator(); ++entry) {
            if (entry->path().filename().string().starts_with('.')) {
                entry.disable_recursion_pending();
            } else if (entry->is_regular_file()) {
                take(entry->path());
            }
        }
    }
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_regular_file() && !name.starts_with('.')) take(entry.path());
    }
    std::ranges::sort(repository.files, {}, &SourceFile::path);
    return repository;
}

std::string render(const Violation& violation) {
    return violation.path + ":" + std::to_string(std::max(violation.line, 1)) + ": " +
           violation.rule + ": " + violation.message;
}

int line_at(std::string_view text, std::size_t offset) {
    return 1 + static_cast<int>(std::ranges::count(text.substr(0, offset), '\n'));
}

}  // namespace meshline::tidy
