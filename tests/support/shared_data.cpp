#include "support/shared_data.hpp"

#include <cstdlib>
#include <filesystem>

namespace meshline::test {

std::optional<std::string> shared_data_folder() {
    namespace fs = std::filesystem;
    const char* named = std::getenv("MESHLINE_SHARED_DATA");
    const fs::path folder =
        named != nullptr ? fs::path(named) : fs::path(MESHLINE_SOURCE_DIR) / "../shared/data";
    std::error_code absent;
    const fs::path found = fs::canonical(folder, absent);
    if (absent) return std::nullopt;
    return found.string();
}

}  // namespace meshline::test
