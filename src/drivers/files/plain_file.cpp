#include "drivers/files/compressed_file.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

class PlainFile : public InputFile {
  public:
    explicit PlainFile(ByteSource source) : source_(std::move(source)) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        return source_.read(into, size);
    }

    std::optional<std::uint64_t> size() const override { return source_.size(); }

  private:
    ByteSource source_;
};

}  // namespace

std::unique_ptr<InputFile> read_plain(ByteSource source) {
    return std::make_unique<PlainFile>(std::move(source));
}

Error bad_compression(const ByteSource& source, std::string_view reason) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "files.bad_compression",
                 .message = fmt::format("\"{}\" does not decompress: {}", source.path(), reason),
                 .hint = "The file is damaged or was cut off: fetch it again."}
        .at({.file = source.path(), .offset = source.offset()});
}

Error no_memory(const ByteSource& source) {
    return Error{.kind = ErrorKind::exhausted,
                 .code = "files.read_failed",
                 .message = fmt::format("no memory to decompress \"{}\"", source.path())};
}

}  // namespace meshline
