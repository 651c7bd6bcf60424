#pragma once

#include "base/json/json_value.hpp"
#include "core/contract/read_options.hpp"
#include "core/stage/stream_doubts.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Finds the columns that a source's `columns:` maps and a row of a table does not have, under none
/// of the names that the source gives them. A row is
/// an object of texts alone, as a captured table gives it; where other records leave a member out,
/// that is their way of having no value. Used by one thread.
class MissingColumns {
  public:
    explicit MissingColumns(const ReadOptions& options);

    /// Indices for column(), in the order of the options. Valid until the next call.
    const std::vector<std::size_t>& find(JsonValue payload);
    /// By the first of its names.
    const std::string& column(std::size_t index) const { return columns_[index].names.first(); }

  private:
    struct Column {
        ColumnNames names;
        std::uint64_t last_payload = 0;  ///< That has one of them.
    };
    struct Name {
        std::string text;
        std::vector<std::size_t> columns;  ///< That have the name.
    };

    std::vector<std::size_t> columns_named(std::string_view key) const;
    const std::vector<std::size_t>& columns_at(std::size_t index, std::string_view key);

    std::vector<Column> columns_;  ///< Each once.
    std::vector<Name> in_order_;   ///< By the place at which the last payload had them.
    std::uint64_t payload_count_ = 0;
    std::vector<std::size_t> missing_;
};

/// "SOURCE/STREAM" of those that have records which lack a mapped column, or what their contract
/// demands.
Result<std::set<std::string>> streams_that_lack_columns(StageContext& context);

/// What lacks a mapped column, one finding for each stream, column and currency of what the records
/// came to.
Result<std::vector<Finding>> missing_column_findings(StageContext& context, StreamDoubts& doubts);

}  // namespace meshline
