#pragma once

#include "base/hash/digest.hpp"
#include "base/json/json.hpp"
#include "base/merkle/merkle.hpp"
#include "drivers/sqlite/database.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// What leaves of the audit tree commit to.
struct Commitments {
    std::set<Digest> blobs;
    std::set<Digest> manifests;                    ///< Of definitions; blobs that name definitions.
    std::map<std::string, Digest> last_manifests;  ///< Of each client's last publication.
};

/// By client and zone: the rules before the last act of taking some, and after it.
using TakenZoneRules = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

/// Walks the audit tree leaf by leaf with the rows beside it, both in their order: each leaf that
/// says that something was published or noted has its row, and each row its leaf.
class TreeVerifier {
  public:
    explicit TreeVerifier(Database& database);
    /// Error control.corrupt at the first leaf or row without its other.
    Result<void> walk();

    std::uint64_t size() const { return tree_.size(); }
    Digest root() const { return tree_.root(); }
    const Commitments& commitments() const { return commitments_; }
    const TakenZoneRules& taken_zone_rules() const { return taken_; }

  private:
    /// Rows that name their leaf, in the order in which they were written.
    struct Rows {
        Statement select;
        int leaf_column;
        bool has_row = false;

        Result<void> next();
        std::int64_t leaf() const { return select.integer(leaf_column); }
        bool is_at(std::uint64_t index) const;
    };

    Result<void> take_publication(std::string_view leaf);
    Result<void> take_texts(std::string_view leaf);
    Result<void> take_act(std::string_view leaf);
    Error corrupt(std::string message) const;

    Database& database_;
    Rows publications_;
    Rows texts_;
    MerkleFrontier tree_;
    JsonDocument document_;
    Commitments commitments_;
    TakenZoneRules taken_;
};

/// A definition that a manifest names.
struct NamedDefinition {
    std::string kind;
    std::string name;
    Digest digest;
};
std::vector<NamedDefinition> definitions_in_manifest(std::string_view manifest);

}  // namespace meshline
