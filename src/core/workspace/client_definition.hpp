#pragma once

#include "base/money/currency_table.hpp"
#include "base/money/money.hpp"
#include "base/time/zone.hpp"
#include "core/contract/read_options.hpp"
#include "core/model/ids.hpp"
#include "core/packs/pack.hpp"
#include "core/workspace/definition_head.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// A source of a client: a pack, how this system writes its records, and the handoff contract.
/// The texts in columns of a table by which a row is known: all of them.
using RowMark = std::map<std::string, std::string>;

struct SourceDefinition {
    DefinitionHead head;
    std::string pack_name;
    std::shared_ptr<const Pack> pack;  // shared: several sources stand on one pack
    std::vector<std::string> streams;  ///< Of the pack; all of them when the file names none.
    std::map<std::string, ReadOptions> read;  ///< By stream.
    /// By stream: rows of its tables that are no records, as totals.
    std::map<std::string, std::vector<RowMark>> skip_rows;
    std::optional<int> fresh_within_hours;
    std::vector<std::string> escalate_to;
    /// Who answers for single fields: stream -> field of its contract ("customer.email") -> owner.
    std::map<std::string, std::map<std::string, std::string>> field_owners;
};

/// Days on which the client does no business, so that nothing is missing when nothing comes.
struct ClosedDays {
    std::array<bool, 7> weekdays{};  ///< 0 is Monday.
    std::set<BusinessDate> dates;

    bool contains(BusinessDate day) const;
};

struct ClientDefinition {
    DefinitionHead head;
    ClientId id;
    BusinessCalendar calendar{Zone::utc(), 0};
    Currency currency;
    /// That its records may state; its sources read by them.
    CurrencyTable currencies;
    /// Days after a business day before its figures can be verified.
    int settle_days = 1;
    /// The first day that figures are for, where it is stated: the client's word that its sources
    /// tell of every day since.
    std::optional<BusinessDate> starts_on;
    ClosedDays closed;
    std::vector<SourceDefinition> sources;
    /// Those that the transforms of its sources name, by name.
    std::map<std::string, Zone> transform_zones;

    const SourceDefinition* find(std::string_view source) const;
    /// Every zone whose rules can move its figures: its own, its sources', its transforms'.
    std::map<std::string, Zone> zones() const;
};

}  // namespace meshline
