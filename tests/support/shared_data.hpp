#pragma once

#include <optional>
#include <string>

namespace meshline::test {

/// The folder of published sample inputs: what MESHLINE_SHARED_DATA names, else ../shared/data
/// beside the repository; none where it is absent.
std::optional<std::string> shared_data_folder();

/// What a test says that goes without it.
inline constexpr const char* no_shared_data =
    "needs the sample inputs of ../shared/data, which are not here";

}  // namespace meshline::test
