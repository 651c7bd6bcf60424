#include "core/warehouse/warehouse.hpp"

#include <charconv>
#include <utility>

namespace meshline {

std::string_view Rows::text(std::size_t row, std::size_t column) const {
    const auto& value = rows.at(row).at(column);
    return value ? std::string_view(*value) : std::string_view();
}

std::int64_t Rows::integer(std::size_t row, std::size_t column) const {
    const std::string_view digits = text(row, column);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    // The statement is ours, so what it answers with is a promise of ours.
    MESHLINE_CHECK(error == std::errc() && end == digits.data() + digits.size());
    return number;
}

Error warehouse_corrupt(std::string message) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "warehouse.failed",
                 .message = std::move(message),
                 .hint = "Run meshline run: the warehouse is made again from the log."};
}

}  // namespace meshline
