#pragma once

#include "core/model/finding.hpp"
#include "core/stage/stage.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// Events of one stream that state a currency which no table knows.
struct UnknownCurrency {
    std::string code;
    std::string stream;  ///< "shop/orders"
    std::int64_t events = 0;
    Finding finding;  ///< Its owner, days, doubts, evidence, fixes and worth.
};

/// Makes one finding of what all streams state in one code: one act mends them all. What is worth
/// money in another currency than the one that is not known is a finding of its own, so that no two
/// currencies are summed.
class UnknownCurrencies {
  public:
    Result<void> add(UnknownCurrency of_stream);
    /// A finding of several owners is the client's.
    std::vector<Finding> take(const ClientDefinition& client);

  private:
    struct Gathered {
        std::vector<std::string> streams;
        std::set<std::string> owners;
        std::int64_t events = 0;
        Finding finding;
    };
    /// By code, and by the currency of what is at risk where that is another.
    std::map<std::pair<std::string, std::string>, Gathered> by_code_;
};

}  // namespace meshline
