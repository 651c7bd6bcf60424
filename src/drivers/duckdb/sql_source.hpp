#pragma once

#include "base/result/error.hpp"
#include "base/text/classify_sql.hpp"
#include "core/warehouse/transform.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// A transform's SQL as its author wrote it: gives errors their place in the author's file.
class SqlSource {
  public:
    explicit SqlSource(const TransformText& text);

    const std::string& name() const { return name_; }
    /// The statement as DuckDB is given it: with blanks in place of the semicolons behind it, and
    /// DECIMAL(18, n) as DECIMAL(19, n). Offsets are the file's.
    const std::string& statement() const { return statement_; }
    /// Puts other bytes of the same number at `offset`.
    void replace(std::size_t offset, std::string_view bytes);

    /// The place of the byte at `offset`; of the file alone where the offset is not in it.
    Place place_at(std::optional<std::size_t> offset) const;
    /// The byte at which the character with this number (from 0) starts.
    std::size_t offset_of_character(std::size_t number) const;
    /// Where `word` stands on its own outside comments, after a point or a quote if it does so
    /// anywhere.
    std::optional<std::size_t> find_word(std::string_view word) const;

    /// An error of kind invalid about this transform.
    Error error(std::string code, std::string message, std::string hint,
                std::optional<std::size_t> offset) const;

  private:
    std::string name_;
    std::string file_;
    std::string statement_;
};

}  // namespace meshline
