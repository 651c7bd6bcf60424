// Goal: the generated records agree with each other everywhere but where the key says, so that a
// correct reader reports the key and nothing else.
// Method: the exported files are read back and reconciled here in the plainest way, apart from the
// product's own code; what does not agree must be the key, item by item and to the last cent.
#include "operate/demo/generated_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <tuple>

namespace meshline {
namespace {

using Disagreement = std::tuple<std::string, std::string, std::string, std::int64_t>;
using Disagreements = std::set<Disagreement>;

std::int64_t at_risk(const ExpectedException& one) {
    return one.at_risk ? one.at_risk->amount.micros() : 0;
}

/// The key's breaks of one definition and client.
Disagreements key_of(const std::string& client, const std::string& definition) {
    Disagreements key;
    for (const PlantedFault& fault : shared_demo().faults) {
        if (fault.client != client) continue;
        for (const ExpectedException& one : fault.expected) {
            if (one.type != "break" || one.definition != definition) continue;
            key.insert({definition, one.reason, one.subject, at_risk(one)});
        }
    }
    return key;
}

std::int64_t refunded(const SeenOrder& order) {
    std::int64_t sum = 0;
    for (const SeenRefund& refund : order.refunds) {
        sum += refund.goods + (order.is_tax_included ? 0 : refund.tax);
    }
    return sum;
}

TEST(agreement, orders_add_up_line_by_line) {
    for (const auto& [client, shop] : seen_after_both_rounds()) {
        for (const auto& [id, order] : shop.orders) {
            const std::int64_t before_tax = order.goods - order.discount + order.shipping;
            ASSERT_EQ(order.total, before_tax + (order.is_tax_included ? 0 : order.total_tax))
                << id;
            ASSERT_GE(order.total_tax, order.line_tax) << id;
            for (const SeenRefund& refund : order.refunds) {
                ASSERT_EQ(refund.sent_back, refund.goods + (order.is_tax_included ? 0 : refund.tax))
                    << id;
            }
        }
    }
}

TEST(agreement, orders_and_payments_differ_only_as_planted) {
    for (const auto& [client, shop] : seen_after_both_rounds()) {
        Disagreements found;
        std::map<std::string, SeenMovement> paid;
        std::map<std::pair<std::int64_t, std::string>, SeenMovement> charges;
        for (const auto& [id, movement] : shop.movements) {
            if (movement.kind == "charge") {
                charges[{movement.created, movement.source_id}] = movement;
            }
        }
        for (const auto& [place, charge] : charges) {
            const auto order = shop.orders.find(charge.order_ref);
            const auto add = [&](const char* reason) {
                found.insert({"orders_to_payments", reason, charge.source_id, charge.amount});
            };
            if (order == shop.orders.end()) {
                add("missing_left");
            } else if (!paid.emplace(charge.order_ref, charge).second) {
                add("duplicate_right");
            } else {
                ASSERT_EQ(charge.amount, order->second.total) << charge.order_ref;
                ASSERT_EQ(charge.email, order->second.email) << charge.order_ref;
            }
        }
        for (const auto& [id, order] : shop.orders)
            ASSERT_TRUE(paid.contains(id)) << id;
        EXPECT_EQ(found, key_of(client, "orders_to_payments")) << client;
    }
}

TEST(agreement, refunds_agree_between_shop_and_processor) {
    for (const auto& [client, shop] : seen_after_both_rounds()) {
        std::map<std::string, std::int64_t> sent;
        for (const auto& [id, movement] : shop.movements) {
            if (movement.kind == "refund") sent[movement.order_ref] -= movement.amount;
        }
        for (const auto& [id, order] : shop.orders) {
            const auto found = sent.find(id);
            ASSERT_EQ(refunded(order), found == sent.end() ? 0 : found->second) << id;
            sent.erase(id);
        }
        EXPECT_TRUE(sent.empty()) << client;
    }
}

TEST(agreement, deals_differ_from_orders_only_as_planted) {
    for (const auto& [client, shop] : seen_after_both_rounds()) {
        Disagreements found;
        Disagreements unsent;
        std::map<std::string, std::int64_t> won;
        std::map<std::string, std::int64_t> given_back;
        for (const auto& [id, deal] : shop.deals) {
            if (!deal.is_won) continue;
            auto& side = deal.amount < 0 ? given_back : won;
            ASSERT_TRUE(side.emplace(deal.order_ref, deal.amount).second) << deal.order_ref;
        }
        for (const auto& [id, order] : shop.orders) {
            ASSERT_TRUE(won.contains(id)) << id;
            const std::int64_t excess = won.at(id) - order.total;
            if (excess != 0) found.insert({"deals_to_orders", "amount_difference", id, excess});
            won.erase(id);
            const std::int64_t back = refunded(order);
            if (back != 0 && !given_back.contains(id)) {
                unsent.insert({"refunds_to_crm", "missing_left", id, back});
            } else if (back != 0) {
                ASSERT_EQ(given_back.at(id), -back) << id;
                given_back.erase(id);
            }
        }
        EXPECT_TRUE(won.empty() && given_back.empty()) << client;
        EXPECT_EQ(found, key_of(client, "deals_to_orders")) << client;
        EXPECT_EQ(unsent, key_of(client, "refunds_to_crm")) << client;
    }
}

TEST(agreement, payouts_are_sums_of_nets_and_arrive_only_short_as_planted) {
    for (const auto& [client, shop] : seen_after_both_rounds()) {
        Disagreements found;
        std::map<std::string, std::int64_t> nets;
        std::map<std::string, std::int64_t> left_balance;
        for (const auto& [id, movement] : shop.movements) {
            ASSERT_EQ(movement.net, movement.amount - movement.fee) << id;
            if (movement.kind == "payout") {
                left_balance[movement.payout_ref] -= movement.amount;
            } else if (!movement.payout_ref.empty()) {
                nets[movement.payout_ref] += movement.net;
            }
        }
        std::map<std::string, std::int64_t> credited;
        for (const SeenBankLine& line : shop.bank_lines) {
            if (line.amount < 0) continue;
            ASSERT_TRUE(credited.emplace(line.payout_ref, line.amount).second);
        }
        for (const auto& [id, payout] : shop.payouts) {
            ASSERT_EQ(left_balance.at(id), payout.amount) << id;
            const std::int64_t missing = nets.at(id) - payout.amount;
            if (missing != 0) {
                found.insert({"payouts_to_balance", "amount_difference", id, missing});
            }
            // A payout that has arrived stands at the bank, one on its way does not yet.
            ASSERT_EQ(payout.status == "paid", credited.contains(id)) << id;
            if (credited.contains(id)) ASSERT_EQ(credited.at(id), payout.amount) << id;
            credited.erase(id);
        }
        EXPECT_TRUE(credited.empty()) << client;
        EXPECT_EQ(nets.size(), shop.payouts.size()) << client;
        EXPECT_EQ(found, key_of(client, "payouts_to_balance")) << client;
    }
}

TEST(agreement, every_buyer_is_a_contact_with_one_email) {
    for (const auto& [client, shop] : seen_after_both_rounds()) {
        std::set<std::string> emails;
        for (const auto& [id, email] : shop.contact_emails) {
            EXPECT_TRUE(emails.insert(email).second) << email;
        }
        for (const auto& [id, order] : shop.orders)
            ASSERT_TRUE(emails.contains(order.email));
    }
}

}  // namespace
}  // namespace meshline
