#pragma once

#include "base/hash/digest.hpp"
#include "base/json/json_value.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/result/result.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The JSON Schema of a stream, compiled: drafts 4 to 2020-12 by "$schema", 2020-12 without it. A
/// keyword that the draft does not know is refused (schema.unknown_keyword), never ignored. Beside
/// the drafts' it has three of its own. "x-meshline-formats": "assert", at the top, has every
/// "format" asserted. "x-meshline-owner" names who answers for a field; it holds for the fields
/// inside too, unless they name another. "x-meshline" both types a field and is asserted:
///   "money"         number or decimal text of at most six digits after the point, |v| < 10^12
///   "integer"       integral number or text within 64 bits
///   "boolean"       true or false, or their text
///   "instant"       date-time text that parse_instant() reads with the options
///   "unix_seconds"  integral seconds since 1970
///   "unix_millis"   integral milliseconds since 1970
///   "date"          a calendar date
///   "currency"      an ISO 4217 code, either case
/// null passes every annotation where `type` allows null; empty text counts as null for annotated
/// fields.
class Contract {
  public:
    /// A person or team that the contract names, where it does.
    struct NamedOwner {
        std::string owner;
        Place where;
    };

    /// What the contract refers to is among `others`, by the URIs that its own, `uri`, resolves
    /// references to. Errors schema.* and contract.* with file, line and column.
    static Result<Contract> compile(std::string_view schema, const std::string& file,
                                    const std::vector<SchemaFile>& others = {},
                                    const std::string& uri = "");
    /// The same for a contract that lies in a pack at `path`, "contracts/orders.schema.json", among
    /// others; they are asked for only where it refers to one of them.
    using Others = std::function<Result<std::vector<SchemaFile>>()>;
    static Result<Contract> compile_in_pack(std::string_view schema, const std::string& file,
                                            std::string_view path, const Others& others);
    /// The URI of a contract at that path of a pack.
    static std::string uri_in_pack(std::string_view path);
    ~Contract();
    Contract(Contract&&) noexcept;
    Contract& operator=(Contract&&) noexcept;

    /// SHA-256 of `canonical_bytes`: the identity of what the contract means.
    const Digest& digest() const;
    /// The schema's canonical JSON without what only names and explains (contract_meaning). Where
    /// it can lead to other documents, a line with its own URI follows, and for each of them, in
    /// the order of their URIs, one with the URI and one with the canonical JSON.
    const std::string& canonical_bytes() const;
    /// The same with owners, titles, descriptions, comments and examples.
    const Digest& text_digest() const;
    const std::string& text_bytes() const;
    /// In the order in which the schema is read.
    const std::vector<NamedOwner>& owners() const;
    /// The contract that has these bytes, as it was compiled before.
    static Result<Contract> of_canonical_bytes(std::string_view bytes, const std::string& name);
    /// The files of those other documents.
    const std::vector<std::string>& files_used() const;

    const SchemaProgram& program() const;
    const PayloadType& payload_type() const;
    /// Fields of the root object, for hints and column mappings.
    std::vector<std::string> field_names() const;

    /// How the payload breaks the contract, in the contract's order, at most schema_errors_max;
    /// empty when it keeps it. Locations are the payload's own. Safe from several threads.
    std::vector<SchemaError> judge(JsonValue payload, const ReadOptions& options) const;

    struct Implementation;

  private:
    explicit Contract(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace meshline
