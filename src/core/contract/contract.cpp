#include "core/contract/contract.hpp"

#include "core/contract/compile_schema.hpp"
#include "core/contract/judge.hpp"

#include <utility>

namespace meshline {

struct Contract::Implementation {
    std::unique_ptr<CompiledSchema> compiled;
    PayloadType payload_type;
    Digest digest;
};

Contract::Contract(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
Contract::~Contract() = default;
Contract::Contract(Contract&&) noexcept = default;
Contract& Contract::operator=(Contract&&) noexcept = default;

Result<Contract> Contract::compile(std::string_view schema, const std::string& file) {
    auto implementation = std::make_unique<Implementation>();
    MESHLINE_ASSIGN(implementation->compiled, compile_schema(schema, file));
    MESHLINE_ASSIGN(implementation->payload_type, derive_payload_type(*implementation->compiled));
    prepare_judging(*implementation->compiled);
    implementation->digest = sha256(canonical_json(implementation->compiled->document.root()));
    return Contract(std::move(implementation));
}

const Digest& Contract::digest() const {
    return implementation_->digest;
}

const PayloadType& Contract::payload_type() const {
    return implementation_->payload_type;
}

std::vector<std::string> Contract::field_names() const {
    std::vector<std::string> names;
    const PayloadType& root = implementation_->payload_type;
    if (root.kind != PayloadKind::structure) return names;
    for (const PayloadType& field : root.fields)
        names.push_back(field.name);
    return names;
}

std::vector<Violation> Contract::judge(JsonValue payload, const ReadOptions& options) const {
    return Judge(*implementation_->compiled, options, payload).run();
}

}  // namespace meshline
