#include "support/text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <map>

namespace meshline::tidy {

namespace {

constexpr std::size_t readme_lines_max = 40;

/// "src/base/money" of "src/base/money/money.cpp"; empty where the file is of no module.
std::string module_of(const SourceFile& file) {
    if (!file.is_under("src")) return {};
    const std::size_t layer_end = file.path.find('/', 4);
    if (layer_end == std::string::npos) return {};
    const std::size_t module_end = file.path.find('/', layer_end + 1);
    return module_end == std::string::npos ? std::string() : file.path.substr(0, module_end);
}

void check_readme(const Repository& repository, const std::string& module,
                  std::vector<Violation>& found) {
    const std::string path = module + "/README.md";
    const SourceFile* readme = repository.find(path);
    if (readme == nullptr) {
        found.push_back({path, 0, "readme", "the module has none"});
        return;
    }
    const std::size_t lines = test::lines_of(readme->text).size();
    if (lines > readme_lines_max) {
        found.push_back(
            {path, 0, "readme",
             std::to_string(lines) + " lines, at most " + std::to_string(readme_lines_max)});
    }
}

/// A source that no build file names is dead code.
void check_sources_are_built(const Repository& repository, const std::string& module,
                             const std::vector<const SourceFile*>& files,
                             std::vector<Violation>& found) {
    const SourceFile* build = repository.find(module + "/CMakeLists.txt");
    if (build == nullptr) {
        found.push_back({module + "/CMakeLists.txt", 0, "build", "the module has none"});
        return;
    }
    for (const SourceFile* file : files) {
        if (!file->path.ends_with(".cpp") || !find_word(build->text, file->name()).empty())
            continue;
        found.push_back({file->path, 0, "build", "CMakeLists.txt does not name it"});
    }
}

}  // namespace

// A module is a folder two levels below src/ with a short README and a CMakeLists.txt that names
// each source. Packs, templates and examples are definitions: no C++ in them.
void check_modules(const Repository& repository, std::vector<Violation>& found) {
    std::map<std::string, std::vector<const SourceFile*>> modules;
    for (const SourceFile& file : repository.files) {
        const std::string module = module_of(file);
        if (!module.empty()) modules[module].push_back(&file);
        const bool is_definition =
            file.is_under("packs") || file.is_under("templates") || file.is_under("examples");
        if (is_definition && file.is_cpp()) {
            found.push_back({file.path, 0, "definition",
                             "if a pack needs C++, a general mechanism is missing"});
        }
        if (!module.empty() && file.folder() != module) {
            found.push_back({file.path, 0, "module", "a module has no folders within"});
        }
    }
    for (const auto& [module, files] : modules) {
        check_readme(repository, module, found);
        check_sources_are_built(repository, module, files, found);
    }
}

}  // namespace meshline::tidy
