#pragma once

#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "core/model/event.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/normalize/batch.hpp"

#include <span>
#include <string>

namespace meshline {

/// An event that did not become facts, and why. Nothing is known of its record.
Rejected reject(const Event& event, std::string kind, std::string code, std::string message,
                std::string place = {});

/// An event that did not become facts for a currency that no table knows: what mends one record
/// mends all that state it, whatever their stream.
Rejected reject_currency(const Event& event, const std::string& code);

/// A record that is rejected, with what reads it.
struct RejectedRecord {
    const Event& event;
    const JsonValue* record = nullptr;  ///< Nothing where the payload is no JSON.
    const StreamDefinition& stream;
    const ReadOptions& read;
    std::span<const SchemaError> violations = {};  ///< How it breaks its contract.
};

/// Says by what a later event makes up for the rejected one: on a stream with revisions its own
/// revision, of the object; on others the id that the record has when its contract takes it.
/// Neither where it cannot be read.
void identify(const RejectedRecord& of, Rejected& rejected);

/// Says which days the record names.
void name_days(const RejectedRecord& of, const BusinessCalendar& calendar, Rejected& rejected);

/// All that can be read of a rejected record: its worth and its day as well.
void describe(const RejectedRecord& of, const ClientDefinition& client, Rejected& rejected);

/// An event whose identity another one holds.
Rejected refuse(const Event& event, const ClientDefinition& client);

}  // namespace meshline
