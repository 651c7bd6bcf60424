#pragma once

#include "core/stage/stage.hpp"

#include <string>

namespace meshline {

/// One side of a reconciliation as SQL. An item is the entries that share the item's value and a
/// currency. Only entries that stand count: what a later revision superseded gives neither amount,
/// nor date, nor key. Entries without the item's value stand alone, as the object they belong to.
class SideItems {
  public:
    static Result<SideItems> of(StageContext& context,
                                const ReconciliationDefinition& reconciliation, bool is_left);

    /// One row per item: item_id, currency, amount, business_on, key_1 ... key_n (the side's key of
    /// each rule).
    std::string items_sql() const { return items_where("", ""); }
    /// Of these the items whose first key is null or in the relation `keys`.
    std::string items_of_keys_sql(const std::string& keys) const;
    /// One row per value of the first key, null too: key_1, item_count (exact up to 1), and of a
    /// single item the columns above.
    std::string keys_sql() const;

    /// One row per entry of the items in the relation `items` (item_id, currency, and claim_group,
    /// each item once), with what claims_of_entries() wants of it.
    std::string entries_of_items_sql(const std::string& items) const;

    std::size_t key_count() const { return keys_.size(); }

  private:
    std::string items_where(const std::string& entry_condition,
                            const std::string& item_condition) const;

    std::string item_;
    std::vector<std::string> keys_;
    std::string sign_;
    std::string standing_;
};

}  // namespace meshline
