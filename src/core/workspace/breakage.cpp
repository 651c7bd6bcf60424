#include "core/workspace/breakage.hpp"

#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

namespace meshline {

std::string problem(const std::string& message, const std::string& place, const std::string& hint,
                    const std::string& code) {
    return "error: " + message + "\n  at " + place + "\n  hint: " + hint + "\n  code: " + code;
}

MemoryFiles broken_workspace(const Breakage& breakage) {
    MemoryFiles files = sample_workspace();
    std::string& text = files.files["/shop/" + breakage.file];
    if (breakage.find.empty()) {
        text = breakage.replace;
        return files;
    }
    const std::size_t at = text.find(breakage.find);
    // A case that breaks nothing would pass for the wrong reason.
    MESHLINE_CHECK(at != std::string::npos);
    MESHLINE_CHECK(text.find(breakage.find, at + 1) == std::string::npos);
    text.replace(at, breakage.find.size(), breakage.replace);
    return files;
}

std::vector<std::string> problems_of(const Breakage& breakage) {
    MemoryFiles files = broken_workspace(breakage);
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    std::vector<std::string> rendered;
    for (const Error& problem : loaded.problems)
        rendered.push_back(render(problem));
    return rendered;
}

}  // namespace meshline
