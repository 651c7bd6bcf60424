// Goal: the control store keeps what it is given, all or nothing, and notices when it was changed.
// Method: work on a file in a temporary folder, reopen it, and tamper with it through SQLite.
#include "drivers/sqlite/sqlite_control.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace meshline {
namespace {

class SqliteControlTest : public testing::Test {
  protected:
    SqliteControlTest() {
        char pattern[] = "/tmp/meshline-control-XXXXXX";
        folder_ = mkdtemp(pattern);
        path_ = folder_ + "/control.sqlite";
        store_ = std::move(SqliteControl::open(path_)).value();
    }
    ~SqliteControlTest() override { std::filesystem::remove_all(folder_); }

    void reopen() {
        store_.reset();
        store_ = std::move(SqliteControl::open(path_)).value();
    }

    void tamper(const char* sql) {
        store_.reset();
        sqlite3* connection = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &connection), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(connection);
        store_ = std::move(SqliteControl::open(path_)).value();
    }

    std::string folder_;
    std::string path_;
    std::unique_ptr<SqliteControl> store_;
    const ClientId client_{"harbor"};
};

Money money(const char* amount, const char* currency) {
    return {*Decimal::parse(amount, Rounding::exact), *Currency::from_code(currency)};
}

Finding finding(const char* key, std::optional<Money> at_risk) {
    Finding made;
    made.type = "break";
    made.key = key;
    made.owner = "finance";
    made.severity = Severity::high;
    made.at_risk = at_risk;
    made.from = made.to = *BusinessDate::parse("2026-03-01");
    made.doubts = {{"commerce", *made.from, *made.to},
                   {"payments", *made.from, *BusinessDate::parse("2026-03-04")}};
    made.title = "order 7 \"Ä\" has no payment";
    made.evidence = {{"order", "7"}, {"note", "line\nbreak"}};
    made.fixes = {{"review", "Look at it."}};
    return made;
}

ControlStore::NewPublication publication(const char* day, int version, const char* amount) {
    ControlStore::NewPublication added;
    added.figures =
        encode_figures({Figure{"EUR", "", "", *Decimal::parse(amount, Rounding::exact)}});
    added.definitions = "metric net_sales abc\n";
    added.checks = "";
    Publication& row = added.publication;
    row.client = ClientId("harbor");
    row.metric = "net_sales";
    row.period = *BusinessDate::parse(day);
    row.version = version;
    row.state = PublicationState::verified;
    row.log_position = 12;
    row.log_root = sha256("root");
    row.definitions_digest = sha256(added.definitions);
    row.checks_digest = sha256(added.checks);
    row.result_digest = sha256(*added.figures);
    row.published_at = Instant{1'700'000'000'000'000};
    row.run = RunId("run1");
    return added;
}

TEST_F(SqliteControlTest, exceptions_equal_the_findings_of_the_last_run) {
    const auto first = store_->sync_findings(client_, "reconcile",
                                             {finding("a", {}), finding("b", {})}, Instant{1});
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->opened, 2);
    const auto second = store_->sync_findings(client_, "reconcile", {finding("b", {})}, Instant{2});
    EXPECT_EQ(second->closed, 1);
    EXPECT_EQ(second->still_open, 1);
    const auto third = store_->sync_findings(client_, "reconcile",
                                             {finding("a", {}), finding("b", {})}, Instant{3});
    EXPECT_EQ(third->reopened, 1);
    reopen();
    const auto items = *store_->exceptions({});
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].finding.key, "a");
    EXPECT_EQ(items[0].times_opened, 2);
    EXPECT_EQ(items[0].opened_at, Instant{1});
    EXPECT_EQ(items[0].finding.evidence, finding("a", {}).evidence);
    EXPECT_EQ(items[0].finding.title, finding("a", {}).title);
}

std::vector<std::string> doubts_of(const Finding& finding) {
    std::vector<std::string> texts;
    for (const Doubt& doubt : finding.doubts)
        texts.push_back(doubt.book + " " + doubt.from.text() + " " + doubt.to.text());
    return texts;
}

TEST_F(SqliteControlTest, doubts_are_kept) {
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {finding("a", {})}, Instant{1}).ok());
    const auto items = *store_->exceptions({});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(doubts_of(items[0].finding), doubts_of(finding("a", {})));
    EXPECT_EQ(items[0].finding.doubts.size(), 2U);
}

TEST_F(SqliteControlTest, a_store_of_the_first_release_keeps_what_its_exceptions_doubted) {
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {finding("a", {})}, Instant{1}).ok());
    // Back to schema 1: 2026-03-01 is day 20513.
    tamper(
        "alter table exceptions add column book text not null default '';"
        "alter table exceptions drop column doubts;"
        "drop table stream_versions;"
        "update exceptions set book = 'bank', from_on = 20513, to_on = 20514;"
        "pragma user_version = 1;");
    const auto items = *store_->exceptions({});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(doubts_of(items[0].finding), std::vector<std::string>{"bank 2026-03-01 2026-03-02"});
}

TEST_F(SqliteControlTest, versions_of_a_stream_have_the_last_contract_they_had) {
    EXPECT_TRUE(store_->stream_versions("till/sales")->empty());
    for (const auto& [version, text] : {std::pair(2, "b"), std::pair(1, "a"), std::pair(2, "c")})
        ASSERT_TRUE(store_->save_stream_version({"till/sales", version, sha256(text)}).ok());
    ASSERT_TRUE(store_->save_stream_version({"till/refunds", 7, sha256("d")}).ok());
    const auto versions = *store_->stream_versions("till/sales");
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].version, 1);
    EXPECT_EQ(versions[0].contract, sha256("a"));
    EXPECT_EQ(versions[1].version, 2);
    EXPECT_EQ(versions[1].contract, sha256("c"));
}

TEST_F(SqliteControlTest, findings_of_one_stage_leave_those_of_another_alone) {
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {finding("a", {})}, Instant{1}).ok());
    ASSERT_TRUE(store_->sync_findings(client_, "validate", {}, Instant{2}).ok());
    EXPECT_EQ(store_->exceptions({})->size(), 1U);
}

TEST_F(SqliteControlTest, exceptions_come_by_money_at_risk_in_minor_units) {
    ASSERT_TRUE(store_
                    ->sync_findings(client_, "reconcile",
                                    {finding("none", {}), finding("yen", money("9000", "JPY")),
                                     finding("euro", money("100.00", "EUR")),
                                     finding("cents", money("0.50", "EUR"))},
                                    Instant{1})
                    .ok());
    std::vector<std::string> keys;
    for (const auto& item : *store_->exceptions({}))
        keys.push_back(item.finding.key);
    EXPECT_EQ(keys, (std::vector<std::string>{"euro", "yen", "cents", "none"}));
}

TEST_F(SqliteControlTest, the_last_act_of_a_unit_is_live_and_history_stays) {
    ASSERT_TRUE(store_
                    ->publish({publication("2026-03-01", 1, "10.00"),
                               publication("2026-03-02", 1, "20.00")})
                    .ok());
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 2, "11.00")}).ok());
    const auto live = *store_->live_publications(client_, "net_sales");
    ASSERT_EQ(live.size(), 2U);
    EXPECT_EQ(live[0].version, 2);
    const auto history = *store_->publication_history(client_, "net_sales",
                                                      BusinessDate::parse("2026-03-01").value());
    ASSERT_EQ(history.size(), 2U);
    const auto bytes = *store_->blob(history[0].result_digest);
    ASSERT_TRUE(bytes.has_value());
    EXPECT_EQ(decode_figures(*bytes)->front().amount.text(2), "10.00");
    EXPECT_EQ(store_->audit_head()->size, 3U);
    EXPECT_TRUE(store_->verify().ok());
}

TEST_F(SqliteControlTest, verify_notices_a_changed_publication) {
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10.00")}).ok());
    tamper("update publications set version = 7");
    EXPECT_EQ(store_->verify().error().code, "control.corrupt");
    EXPECT_TRUE(store_->verify().error().where.file.ends_with("control.sqlite"));
}

TEST_F(SqliteControlTest, verify_notices_changed_figures) {
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10.00")}).ok());
    tamper(
        "update blobs set bytes = cast('[]' as blob) where instr(bytes, cast('EUR' as blob)) > 0");
    EXPECT_EQ(store_->verify().error().code, "control.corrupt");
}

TEST_F(SqliteControlTest, verify_notices_a_removed_audit_leaf) {
    ASSERT_TRUE(store_
                    ->publish({publication("2026-03-01", 1, "10.00"),
                               publication("2026-03-02", 1, "20.00")})
                    .ok());
    tamper("delete from audit_leaves where leaf_index = 1");
    EXPECT_EQ(store_->verify().error().code, "control.corrupt");
}

TEST_F(SqliteControlTest, a_store_of_a_newer_meshline_is_refused) {
    store_.reset();
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &connection), SQLITE_OK);
    sqlite3_exec(connection, "pragma user_version = 99", nullptr, nullptr, nullptr);
    sqlite3_close(connection);
    EXPECT_EQ(SqliteControl::open(path_).error().code, "control.newer");
}

TEST_F(SqliteControlTest, check_results_keep_their_history_with_passes) {
    CheckResult result;
    result.client = client_;
    result.check = "net_sales_adds_up";
    result.subject = "all";
    result.severity = "hold";
    result.sample = "[]";
    for (const char* run : {"run1", "run2"}) {
        result.run = RunId(run);
        ASSERT_TRUE(store_->begin_run({result.run, client_, Instant{1}, {}, "running", 1}).ok());
        ASSERT_TRUE(store_->save_check_results({result}).ok());
    }
    EXPECT_EQ(store_->check_history(client_, "net_sales_adds_up")->size(), 2U);
    ASSERT_EQ(store_->latest_check_results(client_)->size(), 1U);
    EXPECT_EQ(store_->latest_check_results(client_)->front().run, RunId("run2"));
}

TEST_F(SqliteControlTest, definitions_are_kept_under_their_digest) {
    const StoredDefinition definition{sha256("{}"), "metric", "net_sales", "{}"};
    ASSERT_TRUE(store_->save_definitions({definition, definition}).ok());
    ASSERT_TRUE(store_->definition(sha256("{}"))->has_value());
    EXPECT_EQ((*store_->definition(sha256("{}")))->name, "net_sales");
    EXPECT_FALSE(store_->definition(sha256("other"))->has_value());
}

TEST_F(SqliteControlTest, zone_rules_are_kept_by_client_and_zone_until_others_are_taken) {
    const Digest old_rules = sha256("start 0\n");
    const Digest new_rules = sha256("start 60\n");
    ASSERT_TRUE(store_
                    ->save_definitions({{old_rules, "zone", "Europe/Berlin", "start 0\n"},
                                        {new_rules, "zone", "Europe/Berlin", "start 60\n"}})
                    .ok());
    const ClientId other("other");
    ASSERT_TRUE(store_
                    ->keep_zone_rules({{client_, "Europe/Berlin", old_rules},
                                       {client_, "Asia/Tokyo", new_rules},
                                       {other, "Europe/Berlin", old_rules}})
                    .ok());
    ASSERT_TRUE(store_->keep_zone_rules({{client_, "Europe/Berlin", new_rules}}).ok());
    reopen();
    const auto kept = store_->kept_zone_rules();
    ASSERT_TRUE(kept.ok());
    ASSERT_EQ(kept->size(), 3U);
    EXPECT_EQ((*kept)[0].zone, "Asia/Tokyo");
    EXPECT_EQ((*kept)[1].client, client_);
    EXPECT_EQ((*kept)[1].rules, new_rules);
    EXPECT_EQ((*kept)[2].client, other);
    EXPECT_EQ((*kept)[2].rules, old_rules);
    EXPECT_TRUE(store_->verify().ok());
    ASSERT_TRUE(store_->keep_zone_rules({{client_, "UTC", sha256("nowhere")}}).ok());
    EXPECT_EQ(store_->verify().error().code, "control.corrupt");
}

}  // namespace
}  // namespace meshline
