#pragma once

#include "base/money/currency_table.hpp"
#include "base/time/zone.hpp"
#include "core/contract/column_names.hpp"

#include <map>
#include <optional>
#include <string>

namespace meshline {

/// How a source writes what its contract types. The same options serve the contract's judgement and
/// the reading of values, so that what was judged good can always be read.
struct ReadOptions {
    /// For date-times without an offset; nothing: such a text breaks the contract.
    std::optional<Zone> zone;
    char decimal_mark = '.';  ///< With ',' a '.' (and with '.' a ',') may group thousands.
    enum class DateOrder { year_month_day, day_month_year, month_day_year };
    DateOrder date_order = DateOrder::year_month_day;
    /// Field of the contract -> its names at the top of the payload. Fields not named keep theirs.
    std::map<std::string, ColumnNames> columns;
    /// Field of the contract -> the text it always has.
    std::map<std::string, std::string> constants;
    /// The currencies that a record may state.
    CurrencyTable currencies;

    /// The names that records have a field of the root under; its own where `columns` has none.
    ColumnNames names_of(const std::string& field) const;
    /// What a record has under them. Nothing where they contradict each other, see ColumnNames.
    std::optional<JsonValue> find(JsonValue record, const std::string& field) const;
};

}  // namespace meshline
