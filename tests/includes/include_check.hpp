#pragma once

#include "includes/module_list.hpp"
#include "tidy/repository.hpp"

#include <vector>

namespace meshline::includes {

/// Holds the includes of src/ against the declarations:
/// - a module includes itself and what its USES names; its tests also what TEST_USES names;
/// - what USES or TEST_USES names is included by some file;
/// - outside modules, only wiring.cpp and main.cpp stand in src/ and may include drivers.
/// A header that no source but tests reaches counts as a test's.
std::vector<tidy::Violation> check_declarations(const tidy::Repository& repository,
                                                const std::vector<Module>& modules);

}  // namespace meshline::includes
