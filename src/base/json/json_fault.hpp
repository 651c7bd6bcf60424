#pragma once

#include <cstddef>

namespace meshline {

/// Why a text was refused and where. `code` is null while nothing is wrong. Both texts are
/// literals, so that reading allocates nothing until an Error is made of it.
struct JsonFault {
    const char* code = nullptr;
    const char* message = nullptr;
    std::size_t offset = 0;

    bool is_set() const { return code != nullptr; }
};

}  // namespace meshline
