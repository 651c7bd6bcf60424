#pragma once

#include "base/money/wide_money.hpp"
#include "base/time/instant.hpp"
#include "core/model/event.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// What a run would book of some records in one currency, as one type of entry or of record.
struct Booked {
    std::string type;
    std::string currency;
    BusinessDate first_on;
    BusinessDate last_on;
    WideDecimal amount;
};

/// The same of all types.
struct BookedCurrency {
    std::string currency;
    std::int64_t records = 0;  ///< Of which something is booked in it.
};

struct BookedRecords {
    std::vector<Booked> booked;
    std::vector<BookedCurrency> currencies;
    /// How many records book something before the client's first day.
    std::int64_t before_start = 0;
    /// Records that a transform cannot digest, and why the first of them.
    std::int64_t failed = 0;
    std::string first_failure;
};

/// Takes records through the transforms of their stream as a run does, into a warehouse that is
/// thrown away.
class PreviewedBookings {
  public:
    /// `scratch` is emptied by each finish(). Error as of TransformEngine::compile().
    static Result<PreviewedBookings> open(TransformEngine& engine, Warehouse& scratch,
                                          const ClientDefinition& client,
                                          const SourceDefinition& source,
                                          const StreamDefinition& stream);

    /// A record that kept its contract. The event's position is its number here.
    Result<void> add(Event event, JsonValue record);
    /// What all records since the last finish() came to.
    Result<BookedRecords> finish();

  private:
    PreviewedBookings(Warehouse& scratch, std::unique_ptr<StreamProgram> program,
                      BusinessDate starts_on)
        : scratch_(&scratch), program_(std::move(program)), starts_on_(starts_on) {}
    Result<void> book();

    Warehouse* scratch_;
    std::unique_ptr<StreamProgram> program_;
    BusinessDate starts_on_;
    Position count_ = 0;
    std::size_t payload_bytes_ = 0;
    BookedRecords records_;
};

}  // namespace meshline
