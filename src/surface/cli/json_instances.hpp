#pragma once

#include "core/ports/input_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The JSON values of a file: the file itself, or its lines where it is NDJSON.
struct JsonInstances {
    struct Instance {
        std::string_view text;
        int line = 1;
    };
    std::string bytes;
    bool has_lines = false;
    std::vector<Instance> instances;
};

/// A name that ends in .ndjson or .jsonl, compressed or not, says NDJSON. So does a file that is no
/// JSON value as a whole while its first line is. Errors files.*, files.too_large above 512 MiB.
Result<JsonInstances> read_instances(FileSystem& files, const std::string& path);

}  // namespace meshline
