#pragma once

#include "base/result/error.hpp"

#include <string>

namespace meshline::bench {

/// What keeps a bench from measuring: the machine or the bench itself, never the product.
inline Error trouble(std::string message) {
    return Error{
        .kind = ErrorKind::unavailable, .code = "bench.trouble", .message = std::move(message)};
}

}  // namespace meshline::bench
