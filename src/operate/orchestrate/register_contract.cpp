#include "operate/orchestrate/register_contract.hpp"

#include "core/contract/diff.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

Error refuse(const std::string& file, std::string code, std::string message, std::string hint) {
    return Error{.kind = ErrorKind::refused,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint),
                 .where = {.file = file}};
}

/// The first change from the contract with that digest that breaks it.
Result<std::optional<ContractChange>> breaking_change(ControlStore& control, const Digest& before,
                                                      const std::string& name,
                                                      const Contract& after) {
    MESHLINE_ASSIGN(const StoredDefinition kept, control.definition(before));
    MESHLINE_ASSIGN(const Contract old, Contract::of_canonical_bytes(kept.bytes, name));
    for (ContractChange& change : diff_contracts(old, after)) {
        if (change.kind == ChangeKind::breaking) return std::optional(std::move(change));
    }
    return std::optional<ContractChange>();
}

}  // namespace

Result<std::optional<Error>> refusal_of(ControlStore& control, const Pack& pack,
                                        const StreamDefinition& stream) {
    const std::string name = pack.name + "/" + stream.name;
    MESHLINE_ASSIGN(const auto versions, control.stream_versions(name));
    if (versions.empty()) return std::optional<Error>();
    const StreamVersion& latest = versions.back();
    if (latest.version > stream.version) {
        return std::optional(
            refuse(pack.file, "contract.old_version",
                   fmt::format("stream \"{}\" is version {}, but version {} was used", name,
                               stream.version, latest.version),
                   "Versions only grow: raise \"version\" of the stream in pack.yaml."));
    }
    if (latest.version < stream.version) return std::optional<Error>();
    const std::string hint =
        fmt::format("Set \"version: {}\" for the stream in {} if that is meant.",
                    latest.version + 1, pack.file);
    // What 0.1.0 registered says no identity.
    if (!latest.identity.empty() && latest.identity != stream.identity.text()) {
        return std::optional(
            refuse(pack.file, "contract.other_identity",
                   fmt::format("the identity of \"{}\" is not that of version {}: {}, was {}", name,
                               stream.version, stream.identity.text(), latest.identity),
                   hint));
    }
    if (latest.contract == stream.contract->digest()) return std::optional<Error>();
    MESHLINE_ASSIGN(const auto change,
                    breaking_change(control, latest.contract, name, *stream.contract));
    if (!change) return std::optional<Error>();
    return std::optional(
        refuse(stream.contract_file, "contract.breaking_change",
               fmt::format("the contract of \"{}\" breaks version {}: {} {}", name, stream.version,
                           change->field.empty() ? "the record" : change->field, change->what),
               hint));
}

Result<void> register_contract(ControlStore& control, const Pack& pack,
                               const StreamDefinition& stream) {
    MESHLINE_ASSIGN(std::optional<Error> refused, refusal_of(control, pack, stream));
    if (refused) return std::move(*refused);
    const std::string name = pack.name + "/" + stream.name;
    const StreamVersion version{name, stream.version, stream.contract->digest(),
                                stream.identity.text()};
    MESHLINE_ASSIGN(const auto versions, control.stream_versions(name));
    if (!versions.empty() && versions.back() == version) return {};
    MESHLINE_TRY(control.save_definitions(
        {{version.contract, "contract", name, stream.contract->canonical_bytes()}}));
    return control.save_stream_version(version);
}

}  // namespace meshline
