#pragma once

#include "base/json/json.hpp"
#include "base/money/decimal.hpp"
#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/contract/read_options.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshline {

/// The reading of annotated values, one home for judging and shredding. Each returns nothing for
/// null and empty text, and the error contract.unreadable_value for what the annotation refuses.
Result<std::optional<Decimal>> read_money(JsonValue value, const ReadOptions& options);
Result<std::optional<std::int64_t>> read_integer(JsonValue value);
Result<std::optional<bool>> read_boolean(JsonValue value);
Result<std::optional<Instant>> read_instant(JsonValue value, const ReadOptions& options);
/// `unit_micros`: 1'000'000 for seconds, 1'000 for milliseconds.
Result<std::optional<Instant>> read_unix(JsonValue value, std::int64_t unit_micros);
Result<std::optional<BusinessDate>> read_date(JsonValue value, const ReadOptions& options);

}  // namespace meshline
