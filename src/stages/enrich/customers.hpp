#pragma once

#include "core/stage/stage.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// A source's own name for a customer.
struct CustomerRef {
    std::string source;
    std::string customer_ref;
    friend auto operator<=>(const CustomerRef&, const CustomerRef&) = default;
};

/// A statement that a reference belongs to whoever has this token: an e-mail, or another reference.
using CustomerLink = std::pair<CustomerRef, std::string>;

/// Groups references that share a token, transitively: reference -> id of its group, which is the
/// smallest "source/customer_ref" in it. Sorted by reference.
std::vector<std::pair<CustomerRef, std::string>> link_customers(std::vector<CustomerLink> links);

/// Replaces the client's rows of `customers`; returns how many references are
/// linked to another.
Result<std::int64_t> match_customers(StageContext& context);

}  // namespace meshline
