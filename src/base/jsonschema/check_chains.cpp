#include "base/jsonschema/schema_compiler.hpp"
#include "base/jsonschema/schema_limits.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// The schemas that judge the same value as the node does.
std::vector<SchemaId> same_value_schemas(const SchemaNode& node) {
    std::vector<SchemaId> ids;
    if (node.object) {
        for (const DependentSchema& dependent : node.object->dependent_schemas)
            ids.push_back(dependent.schema);
    }
    if (!node.applicators) return ids;
    const Applicators& applicators = *node.applicators;
    for (const auto* list : {&applicators.all_of, &applicators.any_of, &applicators.one_of}) {
        ids.insert(ids.end(), list->begin(), list->end());
    }
    for (const SchemaId id :
         {applicators.reference, applicators.dynamic_reference, applicators.negated,
          applicators.condition, applicators.then, applicators.otherwise}) {
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
    explicit ChainWalk(const SchemaProgram& program)
        : program_(program), lengths_(program.nodes.size(), 0) {}

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
                return refuse(next, "schema.endless_reference",
                              "a schema that refers to itself without end",
                              "A schema may lead back to itself only through members or items.");
            }
            if (lengths_[next] == 0) enter(next);
        }
        return {};
    }

  private:
    void enter(SchemaId id) {
        lengths_[id] = -1;
        steps_.push_back({id, same_value_schemas(program_.nodes[id])});
    }

    Result<void> leave() {
        const SchemaId id = steps_.back().id;
        int length = 1;
        for (const SchemaId next : same_value_schemas(program_.nodes[id])) {
            length = std::max(length, lengths_[next] + 1);
        }
        lengths_[id] = length;
        steps_.pop_back();
        if (length <= schema_chain_max) return {};
        return refuse(
            id, "schema.too_deep",
            fmt::format("more than {} schemas in a row judge one value", schema_chain_max),
            "Write some of the references out.");
    }

    Error refuse(SchemaId id, const char* code, std::string message, std::string hint) const {
        const SchemaNode& node = program_.nodes[id];
        return program_.documents.error_at(node.resource, *node.source, code, std::move(message),
                                           std::move(hint));
    }

    const SchemaProgram& program_;
    std::vector<int> lengths_;
    std::vector<Step> steps_;
};

}  // namespace

Result<void> check_chains(const SchemaProgram& program) {
    ChainWalk walk(program);
    for (SchemaId id = 0; id < program.nodes.size(); ++id)
        MESHLINE_TRY(walk.walk_from(id));
    return {};
}

}  // namespace meshline
