// Goal: plain, gzip and zstd files give the same bytes, and a broken one never passes for a whole.
// Method: files packed here, read in pieces of several sizes; each cut and each flipped bit in
// turn.
#include "core/ports/input_file.hpp"

#include "drivers/files/disk_files.hpp"
#include "drivers/files/temporary_folder_for_test.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace meshline {
namespace {

/// Lines that compress, and numbers that do so less well.
std::string sample(std::size_t lines) {
    std::string text;
    std::uint32_t number = 1;
    for (std::size_t line = 0; line < lines; ++line) {
        number = number * 1664525 + 1013904223;
        text += "{\"order\":" + std::to_string(number) + ",\"currency\":\"EUR\"}\n";
    }
    return text;
}

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

/// With its checksum, as the zstd tool writes it.
std::string zstd(const std::string& text) {
    ZSTD_CCtx* const context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
    ZSTD_freeCCtx(context);
    return packed;
}

struct Outcome {
    std::string text;
    std::string code;
    Place where;
};

Outcome read_all(const std::string& path, std::size_t piece = 65'536) {
    Outcome outcome;
    auto file = DiskFiles().open(path);
    if (!file.ok()) return {"", file.error().code, file.error().where};
    std::string buffer(piece, '\0');
    for (;;) {
        const Result<std::size_t> got = (*file)->read(buffer.data(), buffer.size());
        if (!got.ok()) {
            outcome.code = got.error().code;
            outcome.where = got.error().where;
            // A reader that asks again must not take the break for the end.
            EXPECT_EQ((*file)->read(buffer.data(), buffer.size()).error().code, outcome.code);
            return outcome;
        }
        if (*got == 0) return outcome;
        EXPECT_LE(*got, piece);
        outcome.text.append(buffer, 0, *got);
    }
}

TEST(InputFile, three_forms_give_the_same_bytes_in_pieces_of_any_size) {
    const TemporaryFolder folder;
    const std::string text = sample(30'000);
    for (const std::string& path :
         {folder.put("plain.jsonl", text), folder.put("packed.gz", gzip(text)),
          folder.put("packed.zst", zstd(text)), folder.put("named_by_nobody", gzip(text))}) {
        for (const std::size_t piece : {61u, 4096u, 1u << 20, 1u << 24}) {
            const Outcome outcome = read_all(path, piece);
            EXPECT_EQ(outcome.code, "") << path;
            EXPECT_EQ(outcome.text == text, true) << path << " " << piece;
        }
    }
}

TEST(InputFile, small_and_empty_files_are_read_whole) {
    const TemporaryFolder folder;
    for (const std::string& text : {std::string(), std::string("a"), std::string("\x1f"),
                                    std::string("\x28\xb5\x2f"), std::string("abc\0d", 5)}) {
        EXPECT_EQ(read_all(folder.put("plain", text)).text, text);
        EXPECT_EQ(read_all(folder.put("gzip", gzip(text)), 1).text, text);
        EXPECT_EQ(read_all(folder.put("zstd", zstd(text)), 1).text, text);
    }
}

TEST(InputFile, only_a_plain_file_tells_its_size_beforehand) {
    const TemporaryFolder folder;
    const std::string text = sample(100);
    DiskFiles files;
    const auto size_of = [&](const std::string& path) { return files.open(path).value()->size(); };
    EXPECT_EQ(size_of(folder.put("plain", text)), text.size());
    EXPECT_EQ(size_of(folder.put("gzip", gzip(text))), std::nullopt);
    EXPECT_EQ(size_of(folder.put("zstd", zstd(text))), std::nullopt);
    // A file of the system's own says 0 and holds more.
    EXPECT_EQ(size_of("/proc/self/status"), std::nullopt);
}

TEST(InputFile, members_and_frames_in_a_row_are_one_stream) {
    const TemporaryFolder folder;
    const std::string skippable("\x53\x2a\x4d\x18\x03\x00\x00\x00xyz", 11);
    EXPECT_EQ(read_all(folder.put("gzip", gzip("one ") + gzip("") + gzip("two"))).text, "one two");
    EXPECT_EQ(read_all(folder.put("padded", gzip("one") + std::string(1024, '\0'))).text, "one");
    EXPECT_EQ(read_all(folder.put("zstd", zstd("one ") + zstd("") + zstd("two"))).text, "one two");
    EXPECT_EQ(read_all(folder.put("skip", skippable + zstd("one") + skippable)).text, "one");
}

TEST(InputFile, a_cut_anywhere_is_refused_at_its_offset) {
    const TemporaryFolder folder;
    const std::string text = sample(20);
    for (const std::string& packed : {gzip(text), zstd(text), gzip(text) + gzip(text)}) {
        for (std::size_t size = 4; size < packed.size(); ++size) {
            const Outcome outcome = read_all(folder.put("cut", packed.substr(0, size)));
            if (packed.size() > gzip(text).size() && size == gzip(text).size()) continue;
            ASSERT_EQ(outcome.code, "files.bad_compression") << size;
            EXPECT_EQ(outcome.where.offset, static_cast<std::int64_t>(size));
            EXPECT_EQ(outcome.where.file, folder / "cut");
        }
    }
}

TEST(InputFile, a_flipped_bit_is_refused_or_changes_nothing) {
    const TemporaryFolder folder;
    const std::string text = sample(20);
    for (const std::string& packed : {gzip(text), zstd(text)}) {
        int refused = 0;
        for (std::size_t at = 4; at < packed.size(); ++at) {
            std::string damaged = packed;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            const Outcome outcome = read_all(folder.put("damaged", damaged));
            if (outcome.code.empty()) {
                EXPECT_EQ(outcome.text, text) << at;
            } else {
                EXPECT_EQ(outcome.code, "files.bad_compression") << at;
                EXPECT_LE(outcome.where.offset, static_cast<std::int64_t>(packed.size()));
                ++refused;
            }
        }
        // All but a few bytes of the header (times, the name of the system) matter.
        EXPECT_GT(refused, static_cast<int>(packed.size()) - 16);
    }
}

TEST(InputFile, other_bytes_after_the_end_are_refused) {
    const TemporaryFolder folder;
    for (const std::string& packed :
         {gzip("one") + "tail", gzip("one") + std::string(9, '\0') + "tail", zstd("one") + "tail",
          gzip("one") + std::string(3, '\0') + gzip("two")}) {
        const Outcome outcome = read_all(folder.put("packed", packed));
        EXPECT_EQ(outcome.text, "one");
        EXPECT_EQ(outcome.code, "files.bad_compression");
        EXPECT_GE(outcome.where.offset, static_cast<std::int64_t>(gzip("one").size()) - 8);
    }
}

TEST(InputFile, what_stood_before_the_damage_is_given_first) {
    const TemporaryFolder folder;
    const std::string text = sample(40'000);
    for (std::string packed : {gzip(text), zstd(text)}) {
        packed.resize(packed.size() - 10);
        const Outcome outcome = read_all(folder.put("cut", packed));
        EXPECT_EQ(outcome.code, "files.bad_compression");
        EXPECT_GT(outcome.text.size(), text.size() / 2);
        EXPECT_EQ(outcome.text == text.substr(0, outcome.text.size()), true);
    }
}

TEST(InputFile, a_dash_is_standard_input) {
    const TemporaryFolder folder;
    const int before = ::dup(STDIN_FILENO);
    const int file = ::open(folder.put("packed", gzip("from elsewhere")).c_str(), O_RDONLY);
    ASSERT_GE(::dup2(file, STDIN_FILENO), 0);
    EXPECT_EQ(read_all("-").text, "from elsewhere");
    EXPECT_GE(::fcntl(STDIN_FILENO, F_GETFD), 0) << "standard input was closed";
    if (before >= 0) ::dup2(before, STDIN_FILENO);
    ::close(file);
    ::close(before);
}

TEST(InputFile, refuses_what_cannot_be_opened_or_read) {
    const TemporaryFolder folder;
    std::filesystem::create_symlink("loop", folder / "loop");
    EXPECT_EQ(read_all(folder / "absent").code, "files.not_found");
    EXPECT_EQ(read_all(folder.put("file", "") + "/below").code, "files.not_found");
    EXPECT_EQ(read_all(folder.path()).code, "files.is_folder");
    EXPECT_EQ(read_all(folder / "loop").code, "files.broken_link");
    // The first page of a process is never mapped: reading it is an input/output error.
    EXPECT_EQ(read_all("/proc/self/mem").code, "files.read_failed");
}

}  // namespace
}  // namespace meshline
