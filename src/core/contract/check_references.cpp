#include "core/contract/compile_schema.hpp"

#include <algorithm>
#include <vector>

namespace meshline {
namespace {

/// Schemas that one value may be judged by in a row, each because of the one before.
constexpr int chain_max = 32;

/// The schemas that judge the same value as `schema` does.
std::vector<SchemaId> same_value_schemas(const Schema& schema) {
    std::vector<SchemaId> ids;
    for (const auto* list : {&schema.all_of, &schema.any_of, &schema.one_of}) {
        ids.insert(ids.end(), list->begin(), list->end());
    }
    for (const SchemaId id : {schema.reference, schema.negated}) {
        if (id != no_schema) ids.push_back(id);
    }
    return ids;
}

struct Step {
    SchemaId id;
    std::vector<SchemaId> left;
};

/// Walks the chains depth first. `lengths` holds 0 for schemas not seen, -1 for those on the walk,
/// else the longest chain that starts there.
class ChainWalk {
  public:
    explicit ChainWalk(const CompiledSchema& compiled)
        : compiled_(compiled), lengths_(compiled.schemas.size(), 0) {}

    Result<void> walk_from(SchemaId start) {
        if (lengths_[start] != 0) return {};
        enter(start);
        while (!steps_.empty()) {
            Step& step = steps_.back();
            if (step.left.empty()) {
                MESHLINE_TRY(leave());
                continue;
            }
            const SchemaId next = step.left.back();
            step.left.pop_back();
            if (lengths_[next] == -1) {
                return schema_error(compiled_, compiled_.at(next).offset,
                                    "contract.endless_reference", "schema that refers to itself",
                                    "A schema may refer to itself only from \"properties\", "
                                    "\"additionalProperties\" or \"items\".");
            }
            if (lengths_[next] == 0) enter(next);
        }
        return {};
    }

  private:
    void enter(SchemaId id) {
        lengths_[id] = -1;
        steps_.push_back({id, same_value_schemas(compiled_.at(id))});
    }

    Result<void> leave() {
        const SchemaId id = steps_.back().id;
        int length = 1;
        for (const SchemaId next : same_value_schemas(compiled_.at(id))) {
            length = std::max(length, lengths_[next] + 1);
        }
        lengths_[id] = length;
        steps_.pop_back();
        if (length <= chain_max) return {};
        return schema_error(compiled_, compiled_.at(id).offset, "contract.too_deep",
                            "more than 32 schemas in a row judge one value",
                            "Write some of the references out.");
    }

    const CompiledSchema& compiled_;
    std::vector<int> lengths_;
    std::vector<Step> steps_;
};

}  // namespace

Result<void> check_references(const CompiledSchema& compiled) {
    ChainWalk walk(compiled);
    for (SchemaId id = 0; id < compiled.schemas.size(); ++id)
        MESHLINE_TRY(walk.walk_from(id));
    return {};
}

}  // namespace meshline
