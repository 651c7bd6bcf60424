#include "stages/capture/row_identities.hpp"

#include <cstring>
#include <fmt/format.h>

namespace meshline {
namespace {

/// 128 bits tell rows apart as well as all 256, and every event stores them.
constexpr std::size_t digits_kept = 32;

}  // namespace

std::string row_identity(const Digest& row) {
    return "row/" + row.hex().substr(0, digits_kept);
}

Result<std::string> RowIdentities::next(const Digest& row) {
    Half half;
    std::memcpy(&half.first, row.bytes.data(), sizeof(half.first));
    std::memcpy(&half.second, row.bytes.data() + sizeof(half.first), sizeof(half.second));
    const auto [found, is_new] = counts_.try_emplace(half, 0);
    if (is_new && counts_.size() > different_max_) {
        return Error{
            .kind = ErrorKind::exhausted,
            .code = "capture.too_many_rows",
            .message = fmt::format("the file has more than {} different rows", different_max_),
            .hint = "Split it into files of whole days and capture those."};
    }
    const std::uint32_t number = ++found->second;
    return number == 1 ? row_identity(row) : fmt::format("{}/{}", row_identity(row), number);
}

}  // namespace meshline
