#include "core/control/money_at_risk.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace meshline {
namespace {

using Micros = __int128;

/// A book's day, within one client and currency.
struct BookDay {
    std::string book;
    BusinessDate day;
    friend auto operator<=>(const BookDay&, const BookDay&) = default;
};

/// What is claimed of one book's day. A claimant's own entries are never the same as its rest, so
/// what it claims is their sum; what two claimants do not name may be the same.
struct DayClaims {
    std::map<std::string, Micros> entries;  ///< By entry, the largest claim.
    std::map<std::string, std::map<std::string, Micros>> entries_by_claimant;
    std::map<std::string, Micros> rest_by_claimant;

    void add(const std::string& by, const Claim& claim) {
        const Micros amount = claim.amount.micros();
        if (claim.kind == ClaimKind::rest) {
            rest_by_claimant[by] += amount;
            return;
        }
        for (Micros* largest : {&entries[claim.subject], &entries_by_claimant[by][claim.subject]}) {
            *largest = std::max(*largest, amount);
        }
    }
};

Micros sum_of(const std::map<std::string, Micros>& amounts) {
    Micros sum = 0;
    for (const auto& [name, amount] : amounts)
        sum += amount;
    return sum;
}

class Sums {
  public:
    void add(const Finding& finding) {
        if (finding.claims.list.empty()) own_ += finding.at_risk->amount.micros();
        for (const Claim& claim : finding.claims.list) {
            if (claim.kind == ClaimKind::estimate) {
                Micros& largest = estimates_[{claim.subject, claim.day}];
                largest = std::max<Micros>(largest, claim.amount.micros());
            } else {
                days_[{claim.book, claim.day}].add(finding.claims.by, claim);
            }
        }
    }

    MoneyAtRisk of(const ClientId& client, const Currency& currency) const {
        MoneyAtRisk risk{client, WideMoney({}, currency), WideMoney({}, currency), false};
        Micros counted = own_;
        for (const auto& [day, claims] : days_) {
            const Micros named = sum_of(claims.entries);
            Micros least = named;
            for (const auto& [by, rest] : claims.rest_by_claimant) {
                const auto own = claims.entries_by_claimant.find(by);
                const bool has_none = own == claims.entries_by_claimant.end();
                least = std::max(least, rest + (has_none ? 0 : sum_of(own->second)));
            }
            const Micros most = named + sum_of(claims.rest_by_claimant);
            risk.is_at_least |= least < most;
            counted += least;
        }
        Micros estimated = 0;
        for (const auto& [day, amount] : estimates_)
            estimated += amount;
        risk.counted.amount = amount_of(counted);
        risk.estimated.amount = amount_of(estimated);
        return risk;
    }

  private:
    static WideDecimal amount_of(Micros micros) {
        const Micros kept = std::min<Micros>(micros, WideDecimal::micros_max);
        return WideDecimal::from_micros(kept).value();
    }

    Micros own_ = 0;
    std::map<BookDay, DayClaims> days_;
    std::map<BookDay, Micros> estimates_;  ///< By stream or book.
};

}  // namespace

std::vector<MoneyAtRisk> money_at_risk(std::span<const ExceptionItem> items) {
    struct Key {
        ClientId client;
        std::string currency;
        auto operator<=>(const Key&) const = default;
    };
    std::map<Key, Sums> sums;
    for (const ExceptionItem& item : items) {
        if (item.status == ExceptionStatus::closed || !item.finding.at_risk) continue;
        sums[{item.client, std::string(item.finding.at_risk->currency.code())}].add(item.finding);
    }
    std::vector<MoneyAtRisk> risks;
    for (const auto& [key, of_key] : sums)
        risks.push_back(of_key.of(key.client, Currency::stored(key.currency).value()));
    return risks;
}

}  // namespace meshline
