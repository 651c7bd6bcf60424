#pragma once

#include "core/contract/contract.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// What a change of a contract means to those who stand on it.
enum class ChangeKind : std::uint8_t {
    /// Every record that kept the old keeps the new, and no field is gone or read otherwise. A
    /// field described for the first time is taken at its word.
    additive,
    /// A record may now fail, or a transform loses a field or its type.
    breaking,
};
std::string_view name_of(ChangeKind kind);

struct ContractChange {
    ChangeKind kind = ChangeKind::additive;
    std::string field;  ///< "lines/price"; "" is the record itself.
    std::string what;   ///< "is required now".
};

/// The changes from one contract to another, field by field in the order of the old one, the new
/// fields after it. Keywords that say nothing of records (title, description, $comment, ...) do not
/// count, and "format" only where one of the two asserts it. Where two forms of a keyword cannot be
/// compared, such as two patterns, the change is breaking: nobody can say that it is not. So is any
/// change inside "not", "oneOf", "if" and "contains", where less can be more.
std::vector<ContractChange> diff_contracts(const Contract& before, const Contract& after);

}  // namespace meshline
