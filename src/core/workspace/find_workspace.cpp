#include "core/workspace/load_workspace.hpp"

#include <fmt/format.h>

namespace meshline {

Result<std::string> find_workspace(const std::string& start, FileSystem& files) {
    std::string folder = start;
    while (folder.size() > 1 && folder.ends_with('/'))
        folder.pop_back();
    for (;;) {
        if (files.exists(folder == "/" ? "/meshline.yaml" : folder + "/meshline.yaml")) {
            return folder;
        }
        const std::size_t slash = folder.rfind('/');
        if (slash == std::string::npos || folder == "/") break;
        folder = slash == 0 ? "/" : folder.substr(0, slash);
    }
    return Error{.kind = ErrorKind::not_found,
                 .code = "workspace.not_found",
                 .message = fmt::format("no meshline.yaml in \"{}\" or above", start),
                 .hint = "Name the folder with --workspace, or make one with \"meshline init\"."};
}

}  // namespace meshline
