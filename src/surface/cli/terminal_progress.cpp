#include "surface/cli/terminal_progress.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

namespace meshline {

void TerminalProgress::advance(std::string_view step, std::int64_t done, std::int64_t total) {
    if (!is_terminal_) return;
    std::lock_guard lock(mutex_);
    if (has_line_ && done >= drawn_ && done - drawn_ < redraw_records && done != total) return;
    drawn_ = done;
    has_line_ = true;
    constexpr std::int64_t bar_width = 30;
    std::string line = fmt::format("\r\x1b[K{:<10} ", step);
    if (total > 0) {
        const std::int64_t filled =
            std::clamp<std::int64_t>(done * bar_width / total, 0, bar_width);
        line += fmt::format("[{:<{}}] {}/{}", std::string(static_cast<std::size_t>(filled), '#'),
                            bar_width, with_thousands(done), with_thousands(total));
    } else {
        line += with_thousands(done);
    }
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
}

void TerminalProgress::finish(std::string_view) {
    std::lock_guard lock(mutex_);
    if (has_line_) std::fputs("\r\x1b[K", stderr);
    has_line_ = false;
    drawn_ = 0;
}

}  // namespace meshline
