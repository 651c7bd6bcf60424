#include "stages/normalize/rejected_fixes.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

using Fixes = std::vector<std::pair<std::string, std::string>>;

const StreamDefinition* stream_of(const RejectedCause& cause) {
    return cause.source ? cause.source->pack->find(cause.stream) : nullptr;
}

/// What a record that breaks its contract becomes once the contract takes it: on a stream without
/// revisions it never claimed its identity, and comes as an event of its own.
const char* how_taken_up(const StreamDefinition* stream) {
    const bool is_by_itself = !stream || stream->identity.has_revisions();
    return is_by_itself ? "the next run takes the kept events up by itself."
                        : "then capture the file again, which takes up what failed.";
}

Fixes contract_fixes(const RejectedCause& cause) {
    const StreamDefinition* stream = stream_of(cause);
    const bool is_table = stream && stream->takes_columns;
    Fixes fixes;
    if (is_table && cause.code == "contract.required") {
        fixes.emplace_back("correct_source",
                           fmt::format("If the source names the column otherwise now, add that name"
                                       " to those that the field has had, in columns: of the source"
                                       " \"{}\", FIELD: [OLD NAME, NEW NAME]: {} To replace the old"
                                       " name would lose the records under it.",
                                       cause.source->head.name, how_taken_up(stream)));
    } else if (is_table && cause.code == "contract.x-meshline") {
        fixes.emplace_back("correct_source",
                           fmt::format("If the source writes amounts or dates so, say it with"
                                       " decimal_mark, date_order or zone of the source \"{}\": {}",
                                       cause.source->head.name, how_taken_up(stream)));
    }
    fixes.emplace_back("extend_contract", fmt::format("If the source changed its format for good,"
                                                      " extend the contract: {}",
                                                      how_taken_up(stream)));
    fixes.emplace_back("correct_source",
                       "If the record is wrong, correct it at the source and capture it again.");
    if (stream && stream->identity.rule == IdentityRule::row) {
        fixes.emplace_back("review",
                           "A row has no id: if it is no record, or was corrected into another row,"
                           " take it back by its position: meshline retract.");
    }
    return fixes;
}

}  // namespace

Fixes rejected_fixes(const RejectedCause& cause) {
    if (cause.code == "normalize.capture_again") {
        return {{"recapture_period", "Capture the file again: the contract takes the record now."}};
    }
    if (cause.kind == "failed_event" && cause.code.starts_with("json.")) {
        return {{"correct_source",
                 "The record is no JSON: have the source write it again and capture it."}};
    }
    if (cause.code == "capture.unreadable_row" || cause.code == "capture.invalid_utf8") {
        return {{"correct_source",
                 "Have the source write the table again, as UTF-8 and with its quotes closed, and"
                 " capture it."}};
    }
    if (cause.code == "contract.columns") {
        return {{"correct_source",
                 fmt::format("Correct the record at the source and capture it again. If one of the"
                             " names is not that field, take it out of the list in columns: of the"
                             " source: {}",
                             how_taken_up(stream_of(cause)))}};
    }
    if (cause.kind == "failed_event") return contract_fixes(cause);
    if (cause.kind == "transform_failure") {
        return {{"replay_events",
                 "Correct the transform: the next run takes the kept events up by itself."}};
    }
    if (cause.kind == "unknown_currency") {
        return {{"correct_source",
                 "If it is a currency of the business, add it to currencies.yaml with the digits of"
                 " its smallest unit: the next run takes the kept events up by itself, on streams"
                 " without revisions once their files are captured again."},
                {"correct_source",
                 "If it is another name of a currency that is known, have the source or the"
                 " transform write that one's code."}};
    }
    if (cause.kind == "unknown_stream") {
        return {{"review", "Name the source and stream in the client's sources again."}};
    }
    return {{"review",
             "Two payloads claim one identity on a stream without revisions: decide which is right,"
             " or declare revisions in the pack."}};
}

}  // namespace meshline
