#pragma once

#include "core/workspace/memory_files.hpp"

namespace meshline {

/// A complete good workspace at /shop, with one definition of each kind and each way to write it.
/// Tests break it in one place and look at what the loader says.
MemoryFiles sample_workspace();

}  // namespace meshline
