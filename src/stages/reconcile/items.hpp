#pragma once

#include "core/stage/stage.hpp"

#include <string>
#include <vector>

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
    /// single item the columns above; item_id only where it is not the key.
    std::string keys_sql() const;
    /// The item's id in a row of keys_sql() named `row`.
    std::string id_in_keys_sql(const std::string& row) const;

    /// Every entry of the side has its first key. To be said before entries are asked for: items
    /// whose id is that key are then found by it alone.
    void know_all_have_keys() { all_have_keys_ = true; }

    /// One row per entry of the items in the relation `items` (item_id, currency, and claim_group,
    /// each item once), with what claims_of_entries() wants of it.
    std::string entries_of_items_sql(const std::string& items) const;

    std::size_t key_count() const { return keys_.size(); }

  private:
    std::string items_where(const std::string& entry_condition,
                            const std::string& item_condition) const;

    /// Whether an item's id is its first key, or where it has none its object.
    bool is_item_key() const { return !keys_.empty() && keys_.front() == item_; }

    std::string column_;  ///< Gives an entry its item.
    std::string item_;    ///< The same, null where it is empty.
    bool all_have_keys_ = false;
    std::vector<std::string> keys_;
    std::string sign_;
    std::string standing_;
};

/// Both sides, for as long as the reconciliation is worked on.
struct Sides {
    SideItems left;
    SideItems right;

    static Result<Sides> of(StageContext& context, const ReconciliationDefinition& reconciliation);
};

}  // namespace meshline
