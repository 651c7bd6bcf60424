#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "core/ports/input_file.hpp"

#include <cstdint>
#include <memory>

namespace meshline {

/// What a file holds, decompressed: the same content is known under any name.
struct FileContent {
    std::uint64_t bytes = 0;
    Digest digest;
};

/// Passes a file on and hashes what goes by. `content` must outlive it and is set at the end of the
/// file.
std::unique_ptr<InputFile> hash_while_read(std::unique_ptr<InputFile> file, FileContent& content);

/// Reads the file to its end.
Result<FileContent> read_content(InputFile& file);

}  // namespace meshline
