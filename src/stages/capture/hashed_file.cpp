#include "stages/capture/hashed_file.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace meshline {
namespace {

constexpr std::size_t piece_bytes = 1u << 20;

class HashedFile : public InputFile {
  public:
    HashedFile(std::unique_ptr<InputFile> file, FileContent& content)
        : file_(std::move(file)), content_(content) {}

    Result<std::size_t> read(char* into, std::size_t size) override {
        MESHLINE_ASSIGN(const std::size_t count, file_->read(into, size));
        if (count > 0) {
            hash_.update(std::string_view(into, count));
            bytes_ += count;
        } else if (size > 0 && !is_at_end_) {
            is_at_end_ = true;
            content_ = {bytes_, hash_.finish()};
        }
        return count;
    }

  private:
    std::unique_ptr<InputFile> file_;
    FileContent& content_;
    Sha256 hash_;
    std::uint64_t bytes_ = 0;
    bool is_at_end_ = false;
};

}  // namespace

std::unique_ptr<InputFile> hash_while_read(std::unique_ptr<InputFile> file, FileContent& content) {
    return std::make_unique<HashedFile>(std::move(file), content);
}

Result<FileContent> read_content(InputFile& file) {
    FileContent content;
    Sha256 hash;
    std::vector<char> piece(piece_bytes);
    while (true) {
        MESHLINE_ASSIGN(const std::size_t count, file.read(piece.data(), piece.size()));
        if (count == 0) break;
        hash.update(std::string_view(piece.data(), count));
        content.bytes += count;
    }
    content.digest = hash.finish();
    return content;
}

}  // namespace meshline
