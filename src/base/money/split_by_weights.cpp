#include "base/money/money.hpp"

#include <algorithm>
#include <numeric>

namespace meshline {
namespace {

/// The sum of the weights, or the error money.bad_weights.
Result<__int128> sum_of(std::span<const std::int64_t> weights) {
    const auto refuse = [](std::string message) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "money.bad_weights",
                     .message = std::move(message),
                     .hint = "Weights are whole numbers from 0 up, one of them above 0 at least."};
    };
    __int128 sum = 0;
    for (const std::int64_t weight : weights) {
        if (weight < 0) return refuse("the weight " + std::to_string(weight) + " is negative");
        sum += weight;
    }
    if (sum == 0) return refuse("no weight is above zero");
    return sum;
}

/// The millionths of the smallest share: the currency's minor unit where `whole` has no finer part.
std::int64_t unit_of(const Money& whole) {
    std::int64_t unit = 1;
    for (int digit = whole.currency.minor_digits(); digit < Decimal::digits; ++digit)
        unit *= 10;
    return whole.amount.micros() % unit == 0 ? unit : 1;
}

}  // namespace

Result<std::vector<Money>> split_by_weights(const Money& whole,
                                            std::span<const std::int64_t> weights) {
    MESHLINE_ASSIGN(const __int128 weight_sum, sum_of(weights));
    const std::int64_t unit = unit_of(whole);
    const std::int64_t sign = whole.amount.micros() < 0 ? -1 : 1;
    const std::int64_t units = whole.amount.micros() / unit * sign;

    std::vector<std::int64_t> shares;
    std::vector<__int128> remainders;
    shares.reserve(weights.size());
    remainders.reserve(weights.size());
    std::int64_t units_left = units;
    for (const std::int64_t weight : weights) {
        // Below 10^18 * 2^63 < 2^127.
        const __int128 product = static_cast<__int128>(units) * weight;
        shares.push_back(static_cast<std::int64_t>(product / weight_sum));
        remainders.push_back(product % weight_sum);
        units_left -= shares.back();
    }

    std::vector<std::size_t> by_remainder(weights.size());
    std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
    std::ranges::sort(by_remainder, [&](std::size_t left, std::size_t right) {
        if (remainders[left] != remainders[right]) return remainders[left] > remainders[right];
        return left < right;
    });
    // The remainders sum to units_left * weight_sum and each is below weight_sum, so there are more
    // shares with a remainder than units left: a share of weight zero never gets one.
    for (std::size_t index = 0; units_left > 0; ++index, --units_left)
        ++shares[by_remainder[index]];

    std::vector<Money> split;
    split.reserve(shares.size());
    for (const std::int64_t share : shares) {
        MESHLINE_ASSIGN(const Decimal amount,
                        Decimal::from_micros(static_cast<__int128>(share) * unit * sign));
        split.push_back({amount, whole.currency});
    }
    return split;
}

}  // namespace meshline
