#include "model/match_model.hpp"

#include "base/money/decimal.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <tuple>

namespace meshline {
namespace {

struct Item {
    std::string id;
    std::string key;
    std::int64_t cents = 0;
    int day = 0;
};

/// How far two amounts and days may lie apart.
struct Rule {
    std::int64_t tolerance_cents = 0;
    int lag_min = 0;
    int lag_max = 0;
};

/// When an item's partner is missing.
struct Due {
    int days = 0;
    std::string missing;
    std::string silent;
    std::optional<int> partner_came_on;
};

/// Entries of one id are one item, of their first day.
std::vector<Item> items_of(const StandingModel& standing, const std::vector<std::string>& types,
                           std::string Fact::* key, bool is_by_key) {
    std::map<std::string, Item> items;
    for (const ModelEntry& entry : standing.entries()) {
        if (std::ranges::find(types, entry.type) == types.end() || entry.is_quarantined) continue;
        const std::string& value = entry.fact->*key;
        const std::string id = is_by_key && !value.empty() ? value : std::to_string(entry.fact->id);
        const auto [found, is_first] = items.emplace(id, Item{id, value, 0, entry.day});
        found->second.cents += entry.cents;
        found->second.day = std::min(found->second.day, entry.day);
    }
    std::vector<Item> all;
    for (const auto& [id, item] : items)
        all.push_back(item);
    return all;
}

std::string reason_of(const Rule& rule, const Item& left, const Item& right) {
    if (std::abs(right.cents - left.cents) > rule.tolerance_cents) return "amount_difference";
    const int lag = right.day - left.day;
    return rule.lag_min <= lag && lag <= rule.lag_max ? "" : "date_difference";
}

/// One reconciliation: items go from `left` and `right` into `told`.
class Matching {
  public:
    Matching(std::string name, std::vector<Item> left, std::vector<Item> right, int today)
        : name_(std::move(name)), left_(std::move(left)), right_(std::move(right)), today_(today) {}

    /// Of all pairs that share a key the best is taken first; what is left of a key that has a pair
    /// is there twice.
    void one_to_one(const Rule& rule) {
        using Cost = std::tuple<bool, std::int64_t, int, std::string, std::string>;
        std::map<Cost, std::pair<Item, Item>> candidates;
        for (const Item& left : left_) {
            for (const Item& right : right_) {
                if (left.key.empty() || left.key != right.key) continue;
                candidates[{!reason_of(rule, left, right).empty(),
                            std::abs(right.cents - left.cents), std::abs(right.day - left.day),
                            left.id, right.id}] = {left, right};
            }
        }
        std::vector<std::string> paired_keys;
        for (const auto& [cost, pair] : candidates) {
            const auto& [left, right] = pair;
            if (is_told("left", left) || is_told("right", right)) continue;
            paired_keys.push_back(left.key);
            const std::string reason = reason_of(rule, left, right);
            tell("left", left, reason, right.cents - left.cents);
            tell("right", right, reason, right.cents - left.cents);
        }
        for (const std::string& key : paired_keys) {
            for (const Item& item : left_) {
                if (item.key == key && !is_told("left", item)) tell("left", item, "duplicate_left");
            }
            for (const Item& item : right_) {
                if (item.key == key && !is_told("right", item))
                    tell("right", item, "duplicate_right");
            }
        }
    }

    /// The items of a key on the left are one sum, complete on the last of their days.
    void many_to_one(const Rule& rule) {
        std::map<std::string, Item> sums;
        for (const Item& item : left_) {
            if (item.key.empty()) continue;
            const auto [found, is_first] = sums.emplace(item.key, item);
            if (is_first) continue;
            found->second.cents += item.cents;
            found->second.day = std::max(found->second.day, item.day);
        }
        for (const auto& [key, sum] : sums) {
            const auto has_key = [&](const Item& item) { return item.key == key; };
            if (std::ranges::count_if(right_, has_key) != 1) continue;
            const Item& right = *std::ranges::find_if(right_, has_key);
            const std::string reason = reason_of(rule, sum, right);
            for (const Item& item : left_) {
                if (has_key(item)) tell("left", item, reason, right.cents - sum.cents);
            }
            tell("right", right, reason, right.cents - sum.cents);
        }
    }

    void settle_rest(const Due& left, const Due& right) {
        settle_side("left", left_, left);
        settle_side("right", right_, right);
    }

    const Told& told() const { return told_; }

  private:
    std::string key_of(const std::string& side, const Item& item) const {
        return fmt::format("{} {} {}", name_, side, item.id);
    }
    bool is_told(const std::string& side, const Item& item) const {
        return told_.contains(key_of(side, item));
    }
    void tell(const std::string& side, const Item& item, const std::string& reason,
              std::int64_t difference = 0) {
        told_[key_of(side, item)] =
            fmt::format("{} {} {}", reason.empty() ? "matched" : "break", reason,
                        Decimal::from_micros(difference * 10'000)->text());
    }
    void settle_side(const std::string& side, const std::vector<Item>& items, const Due& due) {
        for (const Item& item : items) {
            if (is_told(side, item)) continue;
            const int due_on = item.day + due.days;
            const bool has_partner_come = !due.partner_came_on || due_on < *due.partner_came_on;
            std::string& said = told_[key_of(side, item)];
            if (item.cents == 0) {
                said = "matched zero_amount 0";
            } else if (due_on >= today_) {
                said = "expected not_yet_due 0";
            } else if (has_partner_come) {
                said = fmt::format("break {} 0", due.missing);
            } else {
                said = fmt::format("expected {} 0", due.silent);
            }
        }
    }

    const std::string name_;
    const std::vector<Item> left_;
    const std::vector<Item> right_;
    const int today_;
    Told told_;
};

}  // namespace

Told model_matches(const StandingModel& standing) {
    const int today = standing.today().value_or(0);
    const auto charges_by = [&](std::string Fact::* key) {
        return items_of(standing, {"charge"}, key, false);
    };
    const auto sales_came_on =
        std::max(standing.reach("orders").last_receipt, standing.reach("returns").last_receipt);
    const auto charges_came_on = standing.reach("charges").last_receipt;
    const auto payouts_came_on = standing.reach("payouts").last_receipt;

    Matching orders("orders_to_charges",
                    items_of(standing, {"gross_sale", "discount"}, &Fact::order, true),
                    charges_by(&Fact::order), today);
    orders.one_to_one({.tolerance_cents = 5, .lag_min = -1, .lag_max = 2});
    orders.settle_rest({3, "missing_right", "silent_right", charges_came_on},
                       {1, "missing_left", "silent_left", sales_came_on});

    Matching payouts("charges_to_payouts", charges_by(&Fact::payout),
                     items_of(standing, {"bank_credit"}, &Fact::payout, false), today);
    payouts.many_to_one({.tolerance_cents = 0, .lag_min = 0, .lag_max = 2});
    payouts.settle_rest({2, "missing_right", "silent_right", payouts_came_on},
                        {1, "missing_left", "silent_left", charges_came_on});

    Told told = orders.told();
    told.insert(payouts.told().begin(), payouts.told().end());
    return told;
}

}  // namespace meshline
