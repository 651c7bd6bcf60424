#pragma once

#include <span>
#include <string_view>

namespace meshline {

/// One file that was put into the binary at build time; `path` is relative to the embedded root.
struct EmbeddedFile {
    std::string_view path;
    std::string_view bytes;
};

}  // namespace meshline
