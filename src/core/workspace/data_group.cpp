#include "core/workspace/data_group.hpp"

#include "base/yaml/yaml.hpp"
#include "core/workspace/yaml_schemas.hpp"

namespace meshline {

Result<std::string> read_data_group(const std::string& root, FileSystem& files) {
    const std::string name = "meshline.yaml";
    MESHLINE_ASSIGN(const std::string text, files.read_text(root + "/" + name));
    MESHLINE_ASSIGN(const YamlNode node, parse_yaml(text, name));
    const std::vector<Error> problems = check_by_schema(node, name);
    if (!problems.empty()) return problems.front();
    const YamlNode* group = node.find("data_group");
    return group == nullptr ? std::string() : group->scalar;
}

}  // namespace meshline
