// The first byte says how the rest comes: as NDJSON, JSON, CSV or by its own looks, plain or packed
// with gzip or zstd, or as a compressed stream that it may not be. Holds for all: a file is read to
// its end or refused by name, its records lie in their batch with growing numbers, and packing
// changes nothing.
#include "drivers/files/disk_files.hpp"
#include "stages/capture/record_reader.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace meshline {
namespace {

enum class Packing : std::uint8_t { none, gzip, zstd };
constexpr int packing_count = 3;
constexpr std::array names = {"a.ndjson", "a.json", "a.csv", "a"};

/// "number problem? text" of every record, and the code of the refusal at the end, if any.
using Reading = std::vector<std::string>;

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    constexpr int window_bits_gzip = 15 + 16;
    MESHLINE_CHECK(deflateInit2(&stream, 1, Z_DEFLATED, window_bits_gzip, 8, Z_DEFAULT_STRATEGY) ==
                   Z_OK);
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    MESHLINE_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string zstd(std::string_view bytes) {
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
    return packed;
}

/// Bytes that are no file, which costs the least.
class MemoryInput : public InputFile {
  public:
    explicit MemoryInput(std::string_view bytes) : bytes_(bytes) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        const std::size_t count = bytes_.copy(into, size);
        bytes_.remove_prefix(count);
        return count;
    }

  private:
    std::string_view bytes_;
};

/// A file that lies in memory alone, for what reads files.
class MemoryFile {
  public:
    explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("records", 0)) {
        MESHLINE_CHECK(descriptor_ >= 0);
        MESHLINE_CHECK(::write(descriptor_, bytes.data(), bytes.size()) ==
                       static_cast<ssize_t>(bytes.size()));
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

  private:
    int descriptor_;
};

void check_refusal(const Error& error) {
    MESHLINE_CHECK(error.code.starts_with("capture.") || error.code.starts_with("files.") ||
                   error.code.starts_with("json."));
    MESHLINE_CHECK(!error.message.empty());
}

Reading read(std::unique_ptr<InputFile> file, const char* name) {
    Reading reading;
    const auto refuse = [&](const Error& error) {
        check_refusal(error);
        reading.push_back(error.code);
        return reading;
    };
    auto reader = open_records(std::move(file), name, {.envelopes = {"records", "record"}});
    if (!reader.ok()) return refuse(reader.error());
    RecordBatch batch;
    std::int64_t number = 0;
    for (;;) {
        const auto has_more = (*reader)->next(batch);
        if (!has_more.ok()) return refuse(has_more.error());
        if (!*has_more) return reading;
        MESHLINE_CHECK(!batch.records.empty());
        for (const RawRecord& record : batch.records) {
            MESHLINE_CHECK(record.begin + record.size <= batch.bytes.size());
            MESHLINE_CHECK(record.number > number && record.line > 0);
            number = record.number;
            reading.push_back(fmt::format("{} {} {}", number, record.problem, batch.text(record)));
        }
    }
}

/// The same through the files of the machine, which see by themselves that it is packed.
Reading read_packed(std::string_view bytes, const char* name) {
    const MemoryFile file(bytes);
    DiskFiles files;
    auto opened = files.open(file.path());
    if (opened.ok()) return read(std::move(*opened), name);
    check_refusal(opened.error());
    return {opened.error().code};
}

void check(std::string_view input) {
    if (input.empty()) return;
    const auto choice = static_cast<unsigned char>(input.front());
    const char* name = names[choice % names.size()];
    const std::string_view bytes = input.substr(1);
    const Reading plain = read(std::make_unique<MemoryInput>(bytes), name);
    switch (static_cast<Packing>(choice / names.size() % packing_count)) {
        case Packing::none:
            // Bytes that only look packed, or are cut off or damaged.
            if (bytes.starts_with("\x1F\x8B") || bytes.starts_with("\x28\xB5\x2F\xFD")) {
                read_packed(bytes, name);
            }
            break;
        case Packing::gzip:
            MESHLINE_CHECK(read_packed(gzip(bytes), name) == plain);
            break;
        case Packing::zstd:
            MESHLINE_CHECK(read_packed(zstd(bytes), name) == plain);
            break;
    }
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
