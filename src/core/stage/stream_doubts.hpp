#pragma once

#include "core/model/finding.hpp"
#include "core/stage/stage.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// What cannot be trusted where records of a stream are wrong or missing.
class StreamDoubts {
  public:
    explicit StreamDoubts(const StageContext& context) : context_(context) {}

    /// Doubts the days, in any order: in each book that the stream fills; where it brings
    /// touches, the credits of the orders that touches of these days could earn; where it brings
    /// contacts or customers, who link touches to orders, the credits of all orders. None where the
    /// source is gone.
    Result<void> add(Finding& finding, const SourceDefinition* source, std::string_view stream,
                     std::vector<BusinessDate> days);
    /// The days `from` to `to`.
    Result<void> add(Finding& finding, const SourceDefinition* source, std::string_view stream,
                     BusinessDate from, BusinessDate to);

  private:
    /// The days of all entries of orders, by the day of the order's moment.
    using OrderDays = std::map<BusinessDate, std::set<BusinessDate>>;
    struct ModelDays {
        const AttributionDefinition* model = nullptr;
        OrderDays orders;
    };

    Result<void> add_credits(Finding& finding, const std::vector<BusinessDate>* touched);
    /// Of the models that a metric of the workspace uses.
    Result<void> read_models();
    Result<OrderDays> read_order_days(const AttributionDefinition& model) const;
    Result<bool> links_people(const SourceDefinition& source, std::string_view stream);

    const StageContext& context_;
    std::optional<std::vector<ModelDays>> models_;               ///< Read when first needed.
    std::optional<std::set<std::string, std::less<>>> linking_;  ///< "source/stream"; likewise.
};

}  // namespace meshline
