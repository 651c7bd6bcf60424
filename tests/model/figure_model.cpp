#include "model/figure_model.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

namespace meshline {
namespace {

constexpr int lookback_minutes = 7 * 24 * 60;

/// Without blanks around it, in lower case.
std::string cleaned(const std::string& text) {
    std::string clean;
    for (const char one : text) {
        if (one != ' ') clean += static_cast<char>(std::tolower(static_cast<unsigned char>(one)));
    }
    return clean;
}

std::string or_unknown(const std::string& text) {
    return text.empty() ? "unknown" : text;
}

/// Sets of customers and of what they state, where those that share one are brought together until
/// nothing changes.
class People {
  public:
    explicit People(const StandingModel& standing) {
        for (const ModelSignal& touch : standing.signals("touches")) {
            if (!touch.fact->customer.empty()) add({touch.fact->customer}, touch.fact->email);
        }
        for (const ModelSignal& contact : standing.signals("contacts")) {
            // A contact that names no customer is one itself, by its id; if it does, it is both.
            const std::string id = std::to_string(contact.fact->id);
            const std::string& customer = contact.fact->customer;
            if (customer.empty()) {
                add({id}, contact.fact->email);
            } else {
                add({id, customer}, "");
                add({customer}, contact.fact->email);
            }
        }
        while (join_one()) {
        }
    }

    /// The least of the names of the customer.
    std::string name_of(const std::string& customer) const {
        for (const std::set<std::string>& group : groups_) {
            if (group.contains("customer " + customer)) return least_customer(group);
        }
        return customer;
    }

  private:
    void add(const std::vector<std::string>& customers, const std::string& email) {
        std::set<std::string>& group = groups_.emplace_back();
        for (const std::string& customer : customers)
            group.insert("customer " + customer);
        if (!cleaned(email).empty()) group.insert("email " + cleaned(email));
    }
    static std::string least_customer(const std::set<std::string>& group) {
        const std::string before = "customer ";
        return group.lower_bound(before)->substr(before.size());
    }
    bool join_one() {
        for (std::size_t one = 0; one < groups_.size(); ++one) {
            for (std::size_t other = one + 1; other < groups_.size(); ++other) {
                const bool is_shared = std::ranges::any_of(
                    groups_[other],
                    [&](const std::string& name) { return groups_[one].contains(name); });
                if (!is_shared) continue;
                groups_[one].merge(groups_[other]);
                groups_.erase(groups_.begin() + static_cast<std::ptrdiff_t>(other));
                return true;
            }
        }
        return false;
    }

    std::vector<std::set<std::string>> groups_;
};

ModelCredit credit_of(const Fact& touch) {
    ModelCredit credit;
    const std::string medium = cleaned(touch.medium);
    if (medium == "cpc") credit.channel = "search";
    if (medium == "email") credit.channel = "letters";
    credit.campaign = or_unknown(cleaned(touch.campaign));
    return credit;
}

}  // namespace

std::map<std::string, ModelCredit> credits_of(const StandingModel& standing) {
    struct Order {
        int minute = 0;
        std::string customer;
    };
    const People people(standing);
    std::map<std::string, Order> orders;
    for (const ModelEntry& entry : standing.entries()) {
        if (entry.type != "gross_sale" || entry.fact->order.empty()) continue;
        const std::string customer =
            entry.fact->customer.empty() ? "" : people.name_of(entry.fact->customer);
        const auto [found, is_first] =
            orders.emplace(entry.fact->order, Order{entry.fact->minute, customer});
        if (is_first) continue;
        Order& order = found->second;
        order.minute = std::min(order.minute, entry.fact->minute);
        if (order.customer.empty() || (!customer.empty() && customer < order.customer))
            order.customer = customer;
    }
    std::map<std::string, ModelCredit> credits;
    for (const auto& [name, order] : orders) {
        const ModelSignal* last = nullptr;
        const std::vector<ModelSignal> touches = standing.signals("touches");
        for (const ModelSignal& touch : touches) {
            const bool is_of_customer = !order.customer.empty() && !touch.fact->customer.empty() &&
                                        people.name_of(touch.fact->customer) == order.customer;
            if (touch.fact->order != name && !is_of_customer) continue;
            if (touch.fact->minute > order.minute) continue;
            if (touch.fact->minute < order.minute - lookback_minutes) continue;
            const bool is_later =
                last == nullptr || std::tie(touch.fact->minute, touch.position) >
                                       std::tie(last->fact->minute, last->position);
            if (is_later) last = &touch;
        }
        if (last != nullptr) credits[name] = credit_of(*last->fact);
    }
    return credits;
}

bool ModelMetric::is_of(const ModelEntry& entry) const {
    return std::ranges::find(types, entry.type) != types.end();
}

const std::vector<ModelMetric>& model_metrics() {
    using Kind = ModelMetric::Kind;
    using Credits = ModelMetric::Credits;
    const auto product = [](const ModelEntry& entry, const Credits&) {
        return or_unknown(entry.fact->product);
    };
    const auto payout = [](const ModelEntry& entry, const Credits&) {
        return or_unknown(entry.fact->payout);
    };
    const auto credit = [](const ModelEntry& entry, const Credits& credits) {
        const auto found = credits.find(entry.fact->order);
        return found == credits.end() ? ModelCredit() : found->second;
    };
    const auto channel = [=](const ModelEntry& entry, const Credits& credits) {
        return credit(entry, credits).channel;
    };
    const auto campaign = [=](const ModelEntry& entry, const Credits& credits) {
        return credit(entry, credits).campaign;
    };
    static const std::vector<ModelMetric> metrics = {
        {.name = "net_sales",
         .types = {"gross_sale", "discount", "return"},
         .streams = {"orders", "returns"},
         .members = {{"product_ref", product}}},
        {.name = "items_sold",
         .types = {"gross_sale", "return"},
         .streams = {"orders", "returns"},
         .kind = Kind::quantity,
         .members = {{"product_ref", product}}},
        {.name = "orders",
         .types = {"gross_sale"},
         .streams = {"orders", "returns"},
         .kind = Kind::distinct,
         .counted = [](const ModelEntry& entry) { return entry.fact->order; },
         .members = {{"product_ref", product}}},
        {.name = "customers",
         .types = {"gross_sale", "return"},
         .streams = {"orders", "returns"},
         .kind = Kind::distinct,
         .counted = [](const ModelEntry& entry) { return entry.fact->customer; }},
        {.name = "earned_sales",
         .types = {"gross_sale", "discount", "return"},
         .streams = {"orders", "returns"},
         .members = {{"channel", channel}, {"campaign", campaign}}},
        {.name = "cash",
         .types = {"charge"},
         .streams = {"charges"},
         .members = {{"payout_ref", payout}}},
    };
    return metrics;
}

ModelFigures figures_of(const ModelMetric& metric, const std::vector<ModelEntry>& entries,
                        const std::map<std::string, ModelCredit>& credits, int first, int last) {
    constexpr std::int64_t millionths = 1'000'000;
    constexpr std::int64_t millionths_per_cent = 10'000;
    ModelFigures figures;
    std::map<std::string, std::set<std::string>> distinct;
    for (const ModelEntry& entry : entries) {
        if (!metric.is_of(entry) || entry.is_quarantined) continue;
        if (entry.day < first || entry.day > last) continue;
        const std::string currency = metric.kind == ModelMetric::Kind::amount ? "EUR" : "";
        std::vector<std::string> keys = {currency + "||"};
        for (const auto& [dimension, member] : metric.members)
            keys.push_back(currency + "|" + dimension + "|" + member(entry, credits));
        for (const std::string& key : keys) {
            switch (metric.kind) {
                case ModelMetric::Kind::amount:
                    figures[key] += entry.cents * millionths_per_cent;
                    break;
                case ModelMetric::Kind::quantity:
                    figures[key] += entry.quantity * millionths;
                    break;
                case ModelMetric::Kind::distinct:
                    if (!metric.counted(entry).empty()) distinct[key].insert(metric.counted(entry));
                    break;
            }
        }
    }
    for (const auto& [key, things] : distinct)
        figures[key] = static_cast<std::int64_t>(things.size()) * millionths;
    return figures;
}

}  // namespace meshline
