#pragma once

#include "base/result/result.hpp"
#include "base/yaml/yaml.hpp"

#include <string>
#include <vector>

namespace meshline {

/// One definition file while it is read: its path as people see it, and where its problems gather,
/// so that one pass finds them all.
struct YamlFile {
    std::string path;
    std::vector<Error>& problems;

    /// An empty document has no place of its own; it is shown at 1:1.
    Place place(const YamlNode& node) const;
    /// Adds a problem of kind invalid.
    void report(const Place& where, std::string code, std::string message, std::string hint);
};

}  // namespace meshline
