#pragma once

#include "core/ports/progress.hpp"

#include <cstdint>
#include <mutex>

namespace meshline {

/// One line on standard error, drawn over and over, when that is a terminal; nothing else. At most
/// every `redraw_records` records, so that drawing costs nothing.
class TerminalProgress : public Progress {
  public:
    explicit TerminalProgress(bool is_terminal) : is_terminal_(is_terminal) {}
    void advance(std::string_view step, std::int64_t done, std::int64_t total) override;
    void finish(std::string_view step) override;

  private:
    static constexpr std::int64_t redraw_records = 4096;
    const bool is_terminal_;
    std::mutex mutex_;
    std::int64_t drawn_ = 0;
    bool has_line_ = false;
};

}  // namespace meshline
