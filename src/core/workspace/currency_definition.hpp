#pragma once

#include "base/money/currency_table.hpp"
#include "core/workspace/definition_head.hpp"

namespace meshline {

/// currencies.yaml, where the workspace has one: the currencies that it knows beside the binary's.
struct CurrencyDefinition {
    DefinitionHead head;  ///< Without a name where there is no such file.
    CurrencyTable table;  ///< The binary's, and its own.
};

}  // namespace meshline
