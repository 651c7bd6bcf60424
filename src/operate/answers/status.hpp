#pragma once

#include "core/control/control_store.hpp"
#include "core/control/money_at_risk.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// The latest day with a figure, or one whose figure is held, that a record may be of; and the
/// metric that is trusted least on it, of several the first by name.
struct NewestFigure {
    BusinessDate day;
    std::string metric;
    PublicationState state = PublicationState::provisional;
    std::string reason;  ///< Empty when it is verified.
};

/// When the last record of a source came that stands; nothing where no capture brought any.
struct SourceStatus {
    std::string source;
    std::optional<Instant> last_record_at;
};

/// The open exceptions of one severity.
struct OpenExceptions {
    Severity severity = Severity::medium;
    std::int64_t count = 0;
    std::vector<MoneyAtRisk> at_risk;
    Instant oldest_opened_at;
};

/// How a client stands, in what fits on a line.
struct ClientStatus {
    ClientId client;
    std::optional<NewestFigure> newest;      ///< Nothing where no day has a figure.
    std::vector<SourceStatus> sources;       ///< As the definition has them.
    std::vector<OpenExceptions> exceptions;  ///< The worst severity first; only those there are.
    std::vector<MoneyAtRisk> at_risk;        ///< Of all severities, each thing once.
    std::optional<RunRecord> last_run;       ///< Whatever became of it.
};

/// Read from publications, exceptions, runs and the log's captures; no facts are asked for.
Result<ClientStatus> read_status(ControlStore& control, EventLog& log,
                                 const ClientDefinition& client);

/// {"at", "clients": [...]}; `now` is what the ages of its times are counted to.
std::string status_json(const std::vector<ClientStatus>& clients, Instant now);

}  // namespace meshline
