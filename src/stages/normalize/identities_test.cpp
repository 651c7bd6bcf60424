// Goal: a record that the log holds twice is told before it counts twice, whenever the second one
// comes; what only looks alike is let pass.
// Method: a log that holds what the test puts into it, and the real warehouse.
#include "stages/normalize/identities.hpp"

#include "drivers/duckdb/duckdb_warehouse.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace meshline {
namespace {

using testing::HasSubstr;

const ClientId harbor("harbor");

struct Record {
    std::string stream;
    std::string event_id;
    std::string payload;
};

/// Holds whatever it is given, as no log of ours would.
class HeldLog : public EventLog {
  public:
    std::vector<Record> records;

    Event event_at(Position position) const {
        const Record& record = records.at(position - 1);
        Event event;
        event.position = position;
        event.source = "till";
        event.stream = record.stream;
        event.event_id = record.event_id;
        event.payload = record.payload;
        event.payload_digest = sha256(record.payload);
        return event;
    }

    Result<std::unique_ptr<EventCursor>> read(const ClientId&, Position from,
                                              Position to) override {
        return std::unique_ptr<EventCursor>(std::make_unique<Cursor>(*this, from, to));
    }

    Result<std::vector<Appended>> append(const ClientId&, std::span<const EventDraft>) override {
        return not_here();
    }
    Result<std::vector<Appended>> append(const ClientId&, std::span<const EventDraft>,
                                         Turn) override {
        return not_here();
    }
    Result<std::vector<Appended>> look_up(const ClientId&, std::span<const EventDraft>) override {
        return not_here();
    }
    void rest(const ClientId&) override {}
    Result<LogHead> head(const ClientId&) override { return not_here(); }
    Result<Digest> root_at(const ClientId&, Position) override { return not_here(); }
    Result<std::vector<ClientId>> clients() override { return not_here(); }
    Result<LogHead> verify(const ClientId&, const VerifyProgress&) override { return not_here(); }

  private:
    static Error not_here() { return Error{.code = "test.not_here", .message = "not here"}; }

    class Cursor : public EventCursor {
      public:
        Cursor(const HeldLog& log, Position from, Position to) : log_(log), next_(from), to_(to) {}
        Result<bool> next(Event& event) override {
            if (next_ > to_) return false;
            event = log_.event_at(next_++);
            return true;
        }

      private:
        const HeldLog& log_;
        Position next_;
        const Position to_;
    };
};

class IdentitiesTest : public testing::Test {
  protected:
    IdentitiesTest()
        : folder_(std::filesystem::temp_directory_path() /
                  fmt::format("meshline_identities_{}", getpid())) {
        std::filesystem::create_directories(folder_);
        warehouse_ =
            std::move(DuckdbWarehouse::open(folder_ / "a.duckdb", {.is_made_anew = true})).value();
    }
    ~IdentitiesTest() override {
        warehouse_.reset();
        std::filesystem::remove_all(folder_);
    }

    /// What a run over these further records says.
    Result<void> take(const std::vector<Record>& records, const ClientId& client = harbor) {
        std::vector<std::uint64_t> hashes;
        for (const Record& record : records) {
            log_.records.push_back(record);
            hashes.push_back(identity_hash(log_.event_at(log_.records.size())));
        }
        return warehouse_->transact([&] {
            return note_identities(*warehouse_, log_, client,
                                   {hashes, log_.records.size(), fallen_});
        });
    }

    const std::filesystem::path folder_;
    std::unique_ptr<DuckdbWarehouse> warehouse_;
    HeldLog log_;
    PositionSet fallen_;
};

TEST_F(IdentitiesTest, what_differs_in_one_part_is_another) {
    EXPECT_TRUE(take({{"sales", "1", "{1}"}, {"sales", "1", "{2}"}, {"sales", "2", "{1}"}}).ok());
    EXPECT_TRUE(take({{"refunds", "1", "{1}"}, {"sale", "s1", "{1}"}, {"sales1", "", "{1}"}}).ok());
}

TEST_F(IdentitiesTest, a_record_twice_in_one_run_is_told) {
    const auto taken = take({{"sales", "1", "{1}"}, {"sales", "2", "{2}"}, {"sales", "1", "{1}"}});
    ASSERT_FALSE(taken.ok());
    EXPECT_EQ(taken.error().code, "normalize.stored_twice");
    EXPECT_EQ(taken.error().kind, ErrorKind::corrupt);
    EXPECT_THAT(taken.error().message, HasSubstr("\"1\" of till/sales"));
    EXPECT_THAT(taken.error().message, HasSubstr("positions 1 and 3"));
}

TEST_F(IdentitiesTest, a_record_of_an_earlier_run_is_told_and_nothing_is_noted) {
    ASSERT_TRUE(take({{"sales", "1", "{1}"}, {"sales", "2", "{2}"}}).ok());
    ASSERT_TRUE(take({{"sales", "3", "{3}"}}).ok());
    for (int time = 0; time < 2; ++time) {
        const auto taken = take({{"sales", "4", "{4}"}, {"sales", "2", "{2}"}});
        ASSERT_FALSE(taken.ok());
        EXPECT_THAT(taken.error().message, HasSubstr("positions 2 and"));
    }
    const auto rows = warehouse_->query("select count(*) from event_identities");
    EXPECT_EQ(rows->integer(0, 0), 3);
}

TEST_F(IdentitiesTest, one_of_the_two_taken_back_is_the_way_out) {
    fallen_.add(2);
    EXPECT_TRUE(take({{"sales", "1", "{1}"}, {"sales", "1", "{1}"}}).ok());
    EXPECT_FALSE(take({{"sales", "1", "{1}"}}).ok());
}

TEST_F(IdentitiesTest, clients_have_logs_of_their_own) {
    ASSERT_TRUE(take({{"sales", "1", "{1}"}}).ok());
    log_.records.clear();
    EXPECT_TRUE(take({{"sales", "1", "{1}"}}, ClientId("quay")).ok());
}

TEST_F(IdentitiesTest, equal_hashes_of_different_records_pass) {
    log_.records = {{"sales", "1", "{1}"}, {"sales", "2", "{2}"}};
    const std::uint64_t hash = identity_hash(log_.event_at(1));
    const std::vector<std::uint64_t> hashes = {hash, hash};
    EXPECT_TRUE(note_identities(*warehouse_, log_, harbor, {hashes, 2, fallen_}).ok());
}

}  // namespace
}  // namespace meshline
