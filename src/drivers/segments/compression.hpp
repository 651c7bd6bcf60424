#pragma once

#include <string>
#include <string_view>

namespace meshline {

/// Appends one zstd frame of `raw` to `out`. Any thread; each keeps its own context.
void compress(std::string_view raw, int level, std::string& out);

/// Fills `into`, which has the size the frame must unpack to. False when `stored` is no such frame.
bool decompress(std::string_view stored, std::string& into);

}  // namespace meshline
