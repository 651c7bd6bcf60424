#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace meshline {

/// The file format is little endian, like every machine this builds for; bytes are copied as they
/// stand.
static_assert(std::endian::native == std::endian::little);

template <class Integer>
void put_integer(std::string& out, Integer value) {
    char bytes[sizeof(Integer)];
    std::memcpy(bytes, &value, sizeof(Integer));
    out.append(bytes, sizeof(Integer));
}

template <class Integer>
void put_integer_at(std::string& out, std::size_t offset, Integer value) {
    std::memcpy(out.data() + offset, &value, sizeof(Integer));
}

/// LEB128: seven bits a byte, low ones first, at most ten bytes.
void put_varint(std::string& out, std::uint64_t value);
/// Zigzag, so that small negative numbers stay short.
void put_signed_varint(std::string& out, std::int64_t value);
/// Length as a varint, then the bytes.
void put_text(std::string& out, std::string_view text);

/// Takes values off untrusted bytes. After the first value that is not there every further one is
/// zero or empty and `is_good` is false, so that a caller checks once.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    template <class Integer>
    Integer integer() {
        Integer value = 0;
        const std::string_view taken = take(sizeof(Integer));
        if (is_good_) std::memcpy(&value, taken.data(), sizeof(Integer));
        return value;
    }
    std::uint64_t varint();
    std::int64_t signed_varint();
    std::string_view text();
    std::string_view take(std::uint64_t size);

    bool is_good() const { return is_good_; }
    std::size_t remaining() const { return bytes_.size() - offset_; }

  private:
    std::string_view bytes_;
    std::size_t offset_ = 0;
    bool is_good_ = true;
};

}  // namespace meshline
