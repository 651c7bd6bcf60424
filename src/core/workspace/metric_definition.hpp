#pragma once

#include "core/model/entry_type.hpp"
#include "core/workspace/definition_head.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace meshline {

/// How the daily rows become one value.
enum class Aggregate : std::uint8_t { sum_amount, sum_quantity, count_distinct };

struct MetricDefinition {
    DefinitionHead head;
    Aggregate aggregate = Aggregate::sum_amount;
    Book book = Book::commerce;
    std::vector<std::string> entries;
    std::string count_column;  ///< For count_distinct: order_ref, customer_ref, ...
    bool is_negated = false;   ///< Shown with the opposite sign: discounts, returns.
    /// order_day, processed_day, settlement_day, bank_day, touch_day or close_day.
    std::string date_basis;
    std::vector<std::string> dimensions;
    std::string attribution;  ///< Model whose credits give channel and campaign; may be empty.
};

}  // namespace meshline
