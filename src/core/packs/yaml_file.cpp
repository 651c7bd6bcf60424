#include "core/packs/yaml_file.hpp"

#include <algorithm>

namespace meshline {

Place YamlFile::place(const YamlNode& node) const {
    return {.file = path, .line = std::max(node.line, 1), .column = std::max(node.column, 1)};
}

void YamlFile::report(const Place& where, std::string code, std::string message, std::string hint) {
    problems.push_back(Error{.kind = ErrorKind::invalid,
                             .code = std::move(code),
                             .message = std::move(message),
                             .hint = std::move(hint),
                             .where = where});
}

}  // namespace meshline
