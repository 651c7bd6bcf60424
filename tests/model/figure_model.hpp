#pragma once

#include "model/standing_model.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace meshline {

/// What one day or period comes to: "EUR||", "EUR|product_ref|p1" -> millionths.
using ModelFigures = std::map<std::string, std::int64_t>;

/// By whom an order was earned.
struct ModelCredit {
    std::string channel = "unknown";
    std::string campaign = "unknown";
};

/// Last touch: of the touches of an order, or of its customer, from seven days before the order up
/// to its moment the last. Customers are one where an e-mail or a contact says so.
std::map<std::string, ModelCredit> credits_of(const StandingModel& standing);

/// A metric of the market: what it adds up, and by what.
struct ModelMetric {
    std::string name;
    std::vector<std::string> types;
    std::vector<std::string> streams;  ///< That could bring such entries.
    enum class Kind : std::uint8_t { amount, quantity, distinct } kind = Kind::amount;
    std::function<std::string(const ModelEntry&)> counted = {};  ///< Of a distinct count.
    /// By name of the dimension.
    using Credits = std::map<std::string, ModelCredit>;
    std::map<std::string, std::function<std::string(const ModelEntry&, const Credits&)>> members =
        {};

    bool is_of(const ModelEntry& entry) const;
};

const std::vector<ModelMetric>& model_metrics();

/// Of the entries of days `first` to `last` of March that no check keeps out.
ModelFigures figures_of(const ModelMetric& metric, const std::vector<ModelEntry>& entries,
                        const std::map<std::string, ModelCredit>& credits, int first, int last);

}  // namespace meshline
