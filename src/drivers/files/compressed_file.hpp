#pragma once

#include "core/ports/input_file.hpp"
#include "drivers/files/byte_source.hpp"

#include <memory>
#include <string_view>

namespace meshline {

/// Bytes that a magic number needs at most.
constexpr std::size_t magic_size_max = 4;

bool starts_like_gzip(std::string_view bytes);
bool starts_like_zstd(std::string_view bytes);

/// Streams of the three forms. A broken compressed stream is files.bad_compression with the offset
/// in the compressed file, after everything before the damage was given.
std::unique_ptr<InputFile> read_plain(ByteSource source);
Result<std::unique_ptr<InputFile>> read_gzip(ByteSource source);
Result<std::unique_ptr<InputFile>> read_zstd(ByteSource source);

Error bad_compression(const ByteSource& source, std::string_view reason);
Error no_memory(const ByteSource& source);

}  // namespace meshline
