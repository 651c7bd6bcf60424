#include "stages/enrich/customers.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace meshline {
namespace {

/// Disjoint sets over small numbers.
class Groups {
  public:
    explicit Groups(std::size_t count) : parents_(count) {
        std::iota(parents_.begin(), parents_.end(), std::size_t{0});
    }
    std::size_t root_of(std::size_t member) {
        while (parents_[member] != member) {
            parents_[member] = parents_[parents_[member]];
            member = parents_[member];
        }
        return member;
    }
    /// The smaller root stays root, so that a group's root is its smallest member.
    void join(std::size_t one, std::size_t other) {
        one = root_of(one);
        other = root_of(other);
        parents_[std::max(one, other)] = std::min(one, other);
    }

  private:
    std::vector<std::size_t> parents_;
};

/// Who states what, as far as it links: customers and contacts give their e-mail and ids, touches
/// may give an e-mail too. What one reference alone states links it to nobody and is left out.
std::string links_sql(const std::string& client) {
    return fmt::format(
        "with live_records as not materialized (select * from records r where client_id = {0}"
        "  and record_type in ('customer', 'contact') and position not in"
        "  (select position from supersessions where client_id = {0})),"
        " live_touches as (select * from touchpoints t where client_id = {0} and position not in"
        "  (select position from supersessions where client_id = {0})),"
        " links as (select source, coalesce(customer_ref, object_id) as customer_ref,"
        "   lower(trim(coalesce(email, ''))) as token from live_records"
        // A record that states a customer id beside its own id says that both are one person.
        "  union select source, unnest([object_id, customer_ref]), source || '/' || customer_ref"
        "   from live_records where customer_ref <> object_id"
        "  union select source, customer_ref, lower(trim(coalesce(email, ''))) from live_touches"
        "   where customer_ref is not null)"
        " select source, customer_ref, token from links where token in"
        "  (select token from links where token <> '' group by token having count(*) > 1)"
        " order by all",
        quote_literal(client));
}

}  // namespace

std::vector<std::pair<CustomerRef, std::string>> link_customers(std::vector<CustomerLink> links) {
    std::sort(links.begin(), links.end());
    std::vector<CustomerRef> members;
    for (const CustomerLink& link : links) {
        if (members.empty() || members.back() != link.first) members.push_back(link.first);
    }
    Groups groups(members.size());
    std::map<std::string, std::size_t> first_with_token;
    std::size_t member = 0;
    for (const CustomerLink& link : links) {
        if (members[member] != link.first) ++member;
        if (link.second.empty()) continue;
        const auto [found, is_new] = first_with_token.emplace(link.second, member);
        if (!is_new) groups.join(found->second, member);
    }
    std::vector<std::pair<CustomerRef, std::string>> linked;
    linked.reserve(members.size());
    for (std::size_t index = 0; index < members.size(); ++index) {
        const CustomerRef& root = members[groups.root_of(index)];
        linked.emplace_back(members[index], root.source + "/" + root.customer_ref);
    }
    return linked;
}

Result<std::int64_t> match_customers(StageContext& context) {
    const std::string& client = context.client.id.text();
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(links_sql(client)));
    std::vector<CustomerLink> links;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        links.push_back({{std::string(rows.text(row, 0)), std::string(rows.text(row, 1))},
                         std::string(rows.text(row, 2))});
    }
    std::vector<std::vector<std::optional<std::string>>> customers;
    for (const auto& [reference, customer_id] : link_customers(std::move(links))) {
        customers.push_back({client, reference.source, reference.customer_ref, customer_id});
    }
    MESHLINE_TRY(context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from customers where client_id = {}", quote_literal(client))));
        return context.warehouse.append("customers", customers);
    }));
    return static_cast<std::int64_t>(customers.size());
}

}  // namespace meshline
