#pragma once

#include <span>
#include <string_view>

namespace meshline {

struct CurrencyRow {
    std::string_view code;
    int minor_digits = 0;
};

/// Sorted by code.
std::span<const CurrencyRow> currency_table();

}  // namespace meshline
