#pragma once

#include <cstdint>
#include <string_view>

namespace meshline {

/// Where long work says how far it is; a terminal draws it, a pipe ignores it. Safe from several
/// threads.
class Progress {
  public:
    virtual ~Progress() = default;
    /// `total` 0 means unknown.
    virtual void advance(std::string_view step, std::int64_t done, std::int64_t total) = 0;
    virtual void finish(std::string_view step) = 0;
};

}  // namespace meshline
