#include "operate/orchestrate/register_contract.hpp"

#include "core/contract/diff.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Error refuse(const StreamDefinition& stream, std::string code, std::string message,
             std::string hint) {
    return Error{.kind = ErrorKind::refused,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint),
                 .where = {.file = stream.contract_file}};
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

Result<void> register_contract(ControlStore& control, const Pack& pack,
                               const StreamDefinition& stream) {
    const std::string name = pack.name + "/" + stream.name;
    const Digest& digest = stream.contract->digest();
    MESHLINE_ASSIGN(const auto versions, control.stream_versions(name));
    const auto same = std::ranges::find(versions, stream.version, &StreamVersion::version);
    if (!versions.empty() && versions.back().version > stream.version) {
        return refuse(stream, "contract.old_version",
                      fmt::format("stream \"{}\" is version {}, but version {} was used", name,
                                  stream.version, versions.back().version),
                      "Versions only grow: raise \"version\" of the stream in pack.yaml.");
    }
    if (same != versions.end()) {
        if (same->contract == digest) return {};
        MESHLINE_ASSIGN(const auto change,
                        breaking_change(control, same->contract, name, *stream.contract));
        if (change) {
            return refuse(
                stream, "contract.breaking_change",
                fmt::format("the contract of \"{}\" breaks version {}: {} {}", name, stream.version,
                            change->field.empty() ? "the record" : change->field, change->what),
                fmt::format("Set \"version: {}\" for the stream in {} if that is meant.",
                            versions.back().version + 1, pack.file));
        }
    }
    MESHLINE_TRY(
        control.save_definitions({{digest, "contract", name, stream.contract->canonical_bytes()}}));
    return control.save_stream_version({name, stream.version, digest});
}

}  // namespace meshline
