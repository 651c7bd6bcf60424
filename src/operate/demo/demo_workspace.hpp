#pragma once

#include "operate/demo/demo.hpp"

#include <vector>

namespace meshline {

/// The shop template with the agency's three shops in place of the example client.
std::vector<DemoWorkspaceFile> demo_workspace_files();

}  // namespace meshline
