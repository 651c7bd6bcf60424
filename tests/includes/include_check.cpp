#include "includes/include_check.hpp"

#include "tidy/includes.hpp"

#include <algorithm>
#include <map>

namespace meshline::includes {

namespace {

using tidy::Include;
using tidy::Repository;
using tidy::SourceFile;
using tidy::Violation;

/// "base/money" of "base/money/money.hpp"; empty where there are not two folders.
std::string module_of(std::string_view path) {
    const std::size_t layer_end = path.find('/');
    if (layer_end == std::string_view::npos) return {};
    const std::size_t module_end = path.find('/', layer_end + 1);
    return std::string(module_end == std::string_view::npos ? std::string_view()
                                                            : path.substr(0, module_end));
}

struct ModuleFile {
    const SourceFile* file = nullptr;
    std::vector<Include> includes;
    bool is_listed_test = false;
};

/// Paths from src/ of every file of a module.
using ModuleFiles = std::map<std::string, ModuleFile>;

ModuleFiles files_of(const Repository& repository, const std::vector<Module>& modules) {
    ModuleFiles files;
    for (const SourceFile& file : repository.files) {
        if (!file.is_under("src") || !file.is_cpp()) continue;
        const std::string path = file.path.substr(4);
        const auto module = std::ranges::find(modules, module_of(path), &Module::name);
        if (module == modules.end()) continue;
        const bool is_listed_test = module->tests.contains(std::string(file.name()));
        files[path] = {&file, tidy::includes_of(file), is_listed_test};
    }
    return files;
}

/// Headers that tests include and nothing else does, directly or through such headers.
std::set<std::string> headers_of_tests(const ModuleFiles& files) {
    std::set<std::string> reached;
    std::set<std::string> for_product;
    std::vector<std::string> pending;
    for (const auto& [path, file] : files) {
        if (!file.is_listed_test && !file.file->is_header()) pending.push_back(path);
    }
    while (!pending.empty()) {
        const std::string path = pending.back();
        pending.pop_back();
        const auto file = files.find(path);
        if (file == files.end() || !for_product.insert(path).second) continue;
        for (const Include& include : file->second.includes)
            pending.push_back(include.path);
    }
    for (const auto& [path, file] : files) {
        if (file.is_listed_test) pending.push_back(path);
    }
    while (!pending.empty()) {
        const std::string path = pending.back();
        pending.pop_back();
        const auto file = files.find(path);
        if (file == files.end() || !reached.insert(path).second) continue;
        for (const Include& include : file->second.includes) {
            if (!for_product.contains(include.path)) pending.push_back(include.path);
        }
    }
    return reached;
}

void check_module(const Module& module, const ModuleFiles& files,
                  const std::set<std::string>& tests, std::vector<Violation>& found) {
    std::set<std::string> used;
    std::set<std::string> test_used;
    for (const auto& [path, file] : files) {
        if (module_of(path) != module.name) continue;
        const bool is_test = tests.contains(path);
        for (const Include& include : file.includes) {
            const std::string other = module_of(include.path);
            (is_test ? test_used : used).insert(other);
            const bool is_declared = other.empty() || other == module.name ||
                                     module.uses.contains(other) ||
                                     (is_test && module.test_uses.contains(other));
            if (is_declared) continue;
            found.push_back({file.file->path, include.line, "undeclared",
                             (is_test ? "TEST_USES of " : "USES of ") + module.name +
                                 " does not name " + other});
        }
    }
    const std::string build = "src/" + module.name + "/CMakeLists.txt";
    for (const std::string& name : module.uses) {
        if (used.contains(name)) continue;
        found.push_back({build, 0, "unused", "USES names " + name + ", which no file includes"});
    }
    for (const std::string& name : module.test_uses) {
        if (test_used.contains(name) && !module.uses.contains(name)) continue;
        found.push_back(
            {build, 0, "unused", "TEST_USES names " + name + ", which no test needs it for"});
    }
}

/// Sources beside the modules: the two files that tie them together, and nothing else.
void check_top(const Repository& repository, std::vector<Violation>& found) {
    for (const SourceFile& file : repository.files) {
        if (file.folder() != "src" || !file.is_cpp()) continue;
        if (!file.path.starts_with("src/wiring.") && file.path != "src/main.cpp") {
            found.push_back({file.path, 0, "top", "only wiring and main stand beside the layers"});
        }
    }
}

void check_drivers(const ModuleFiles& files, const std::set<std::string>& tests,
                   std::vector<Violation>& found) {
    for (const auto& [path, file] : files) {
        if (tests.contains(path)) continue;
        for (const Include& include : file.includes) {
            if (!include.path.starts_with("drivers/")) continue;
            if (module_of(include.path) == module_of(path)) continue;
            found.push_back(
                {file.file->path, include.line, "driver", "only wiring and main name a driver"});
        }
    }
}

}  // namespace

std::vector<Violation> check_declarations(const Repository& repository,
                                          const std::vector<Module>& modules) {
    std::vector<Violation> found;
    const ModuleFiles files = files_of(repository, modules);
    const std::set<std::string> tests = headers_of_tests(files);
    for (const Module& module : modules)
        check_module(module, files, tests, found);
    check_drivers(files, tests, found);
    check_top(repository, found);
    return found;
}

}  // namespace meshline::includes
