#pragma once

#include "tidy/repository.hpp"

#include <string>
#include <vector>

namespace meshline::tidy {

struct Include {
    std::string path;
    int line = 0;
};

/// The `#include "..."` lines of a file, in order; not those of commented-out text.
std::vector<Include> includes_of(const SourceFile& file);

}  // namespace meshline::tidy
