// Goal: the control store keeps what it is given, all or nothing, and notices when it was changed.
// Method: work on a file in a temporary folder, reopen it, and tamper with it through SQLite.
#include "drivers/sqlite/sqlite_control.hpp"

#include "base/text/embedded_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <span>
#include <sqlite3.h>

namespace meshline {

std::span<const EmbeddedFile> control_migrations();

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

    void tamper(const std::string& sql) {
        store_.reset();
        ASSERT_TRUE(Database::open(path_)->execute(sql).ok()) << sql;
        store_ = std::move(SqliteControl::open(path_)).value();
    }

    /// The store is as it was when this is called again.
    void tamper_once(const std::string& sql) {
        store_.reset();
        const std::string kept = path_ + ".kept";
        if (!std::filesystem::exists(kept)) std::filesystem::copy(path_, kept);
        std::filesystem::copy(kept, path_, std::filesystem::copy_options::overwrite_existing);
        tamper(sql);
    }

    /// A store as an earlier release left it: the first `schema` migrations and what `sql` adds.
    void open_earlier(std::size_t schema, const std::string& sql) {
        store_.reset();
        std::filesystem::remove(path_);
        std::string script;
        for (std::size_t index = 0; index < schema; ++index)
            script += control_migrations()[index].bytes;
        script += "pragma user_version = " + std::to_string(schema) + ";" + sql;
        sqlite3* connection = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &connection), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(connection, script.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(connection);
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

Finding finding(const char* key, std::optional<WideMoney> at_risk) {
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
    row.period = row.through = *BusinessDate::parse(day);
    row.version = version;
    row.state = PublicationState::verified;
    row.log_position = 12;
    row.log_root = sha256("root");
    row.definitions_digest = sha256(*added.definitions);
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
    ExceptionFilter all;
    all.is_closed_too = true;
    const auto closed = *store_->exceptions(all);
    ASSERT_EQ(closed.size(), 2U);
    EXPECT_EQ(closed[1].finding.key, "a");
    EXPECT_EQ(closed[1].closed_at, Instant{2});
    const auto third = store_->sync_findings(client_, "reconcile",
                                             {finding("a", {}), finding("b", {})}, Instant{3});
    EXPECT_EQ(third->reopened, 1);
    reopen();
    const auto items = *store_->exceptions({});
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].finding.key, "a");
    EXPECT_EQ(items[0].times_opened, 2);
    EXPECT_EQ(items[0].opened_at, Instant{1});
    EXPECT_EQ(items[0].closed_at, std::nullopt);
    EXPECT_EQ(items[0].finding.evidence, finding("a", {}).evidence);
    EXPECT_EQ(items[0].finding.title, finding("a", {}).title);
}

TEST_F(SqliteControlTest, two_findings_of_one_key_are_refused_and_change_nothing) {
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {finding("a", {})}, Instant{1}).ok());
    const auto twice = store_->sync_findings(client_, "reconcile",
                                             {finding("b", {}), finding("b", {})}, Instant{2});
    ASSERT_FALSE(twice.ok());
    EXPECT_EQ(twice.error().code, "control.duplicate_finding");
    ASSERT_EQ(store_->exceptions({})->size(), 1U);
    EXPECT_EQ(store_->exceptions({})->front().finding.key, "a");
    // Blanks at the end, case and marks tell keys apart.
    EXPECT_TRUE(store_
                    ->sync_findings(client_, "reconcile",
                                    {finding("b", {}), finding("b ", {}), finding("B", {})},
                                    Instant{3})
                    .ok());
}

TEST_F(SqliteControlTest, a_text_that_is_not_utf8_stops_no_list) {
    Finding odd = finding("a\xC3", {});
    odd.title = "cut \xC3";
    odd.evidence = {{"left_items", "a\xC3 ..."}};
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {odd}, Instant{1}).ok());
    const auto stored = store_->exceptions({});
    ASSERT_TRUE(stored.ok());
    EXPECT_EQ(stored->front().finding.title, "cut \\xc3");
    EXPECT_EQ(stored->front().finding.evidence.front().second, "a\\xc3 ...");
    // A row as the first release could write it.
    tamper(
        "update exceptions set evidence = cast(x'5b5b2261222c2262c3225d5d' as text),"
        " title = cast(x'61c3' as text)");
    const auto items = store_->exceptions({});
    ASSERT_TRUE(items.ok());
    EXPECT_EQ(items->front().finding.title, "a\\xc3");
    ASSERT_EQ(items->front().finding.evidence.size(), 1U);
    EXPECT_EQ(items->front().finding.evidence[0].first, "unreadable");
    EXPECT_EQ(items->front().finding.evidence[0].second, "[[\"a\",\"b\\xc3\"]]");
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

TEST_F(SqliteControlTest, claims_are_kept_and_read_where_they_are_asked_for) {
    Finding claiming = finding("a", money("120.00", "EUR"));
    const BusinessDate day = *BusinessDate::parse("2026-03-01");
    claiming.claims = {
        "orders_to_payments",
        {{ClaimKind::entry, "commerce", day, "1 gross_sale 1",
          *Decimal::parse("100.5", Rounding::exact)},
         {ClaimKind::rest, "commerce", day, "", *Decimal::parse("19.5", Rounding::exact)}}};
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {claiming}, Instant{1}).ok());
    EXPECT_TRUE(store_->exceptions({})->front().finding.claims.list.empty());
    ExceptionFilter filter;
    filter.has_claims = true;
    const auto items = *store_->exceptions(filter);
    EXPECT_EQ(items.front().finding.claims.by, "orders_to_payments");
    EXPECT_EQ(items.front().finding.claims.list, claiming.claims.list);
}

TEST_F(SqliteControlTest, a_store_of_the_first_release_keeps_what_its_exceptions_doubted) {
    // 2026-03-01 is day 20513.
    open_earlier(1,
                 "insert into exceptions (exception_id, client_id, stage, type, key, status, owner,"
                 " severity, from_on, to_on, book, title, evidence, fixes, opened_at, times_opened)"
                 " values ('1', 'harbor', 'reconcile', 'break', 'a', 'open', 'finance', 'high',"
                 " 20513, 20514, 'bank', 'title', '[]', '[]', 1, 1)");
    const auto items = store_->exceptions({});
    ASSERT_EQ(items->size(), 1U);
    EXPECT_EQ(doubts_of(items->front().finding),
              std::vector<std::string>{"bank 2026-03-01 2026-03-02"});
}

TEST_F(SqliteControlTest, a_store_of_the_third_schema_keeps_its_money_at_risk_and_its_order) {
    open_earlier(3,
                 "insert into exceptions (exception_id, client_id, stage, type, key, status, owner,"
                 " severity, at_risk, at_risk_minor, currency, title, evidence, fixes, opened_at,"
                 " times_opened) select id, 'harbor', 'reconcile', 'break', id, 'open', 'finance',"
                 " 'high', micros, minor, currency, 'title', '[]', '[]', 1, 1 from"
                 " (select 'none' as id, null as micros, null as minor, null as currency"
                 "  union all select 'yen', 9000000000, 9000, 'JPY'"
                 "  union all select 'loss', -100000000, -10000, 'EUR'"
                 "  union all select 'most', 999999999999999999, 99999999999999, 'EUR')");
    std::vector<std::string> found;
    const auto items = store_->exceptions({});
    for (const auto& item : *items) {
        found.push_back(item.finding.key +
                        (item.finding.at_risk ? " " + item.finding.at_risk->text() : ""));
    }
    EXPECT_EQ(found, (std::vector<std::string>{"most 999999999999.999999 EUR", "loss -100.00 EUR",
                                               "yen 9000 JPY", "none"}));
}

TEST_F(SqliteControlTest, publications_of_the_third_schema_are_days) {
    const std::string digest = sha256("").hex();
    open_earlier(3,
                 "insert into publications values (1, 'harbor', 'net_sales', 20513, 1,"
                 " 'verified', '', 12, '" +
                     digest + "', '" + digest + "', '" + digest + "', '" + digest +
                     "', 1, 'run', 0)");
    const auto live = store_->live_publications(client_, "net_sales");
    ASSERT_EQ(live->size(), 1U);
    EXPECT_EQ(publication_period_text(live->front()), "2026-03-01");
    EXPECT_EQ(live->front().through, live->front().period);
}

TEST_F(SqliteControlTest, versions_of_a_stream_have_the_last_contract_they_had) {
    EXPECT_TRUE(store_->stream_versions("till/sales")->empty());
    for (const auto& [version, text] : {std::pair(2, "b"), std::pair(1, "a"), std::pair(2, "c")})
        ASSERT_TRUE(store_->save_stream_version({"till/sales", version, sha256(text), text}).ok());
    ASSERT_TRUE(store_->save_stream_version({"till/refunds", 7, sha256("d"), "row"}).ok());
    const auto versions = *store_->stream_versions("till/sales");
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].version, 1);
    EXPECT_EQ(versions[0].contract, sha256("a"));
    EXPECT_EQ(versions[1].version, 2);
    EXPECT_EQ(versions[1].contract, sha256("c"));
    EXPECT_EQ(versions[1].identity, "c");
}

TEST_F(SqliteControlTest, identities_of_captured_streams_are_noted_once) {
    const StreamName sales{"till", "sales"};
    EXPECT_TRUE(store_->captured_identities(client_, sales)->empty());
    for (const char* identity : {"row", "", "row"})
        ASSERT_TRUE(store_->note_captured_identity(client_, sales, identity).ok());
    EXPECT_EQ(*store_->captured_identities(client_, sales), (std::vector<std::string>{"", "row"}));
    EXPECT_TRUE(store_->captured_identities(client_, {"till", "refunds"})->empty());
    EXPECT_TRUE(store_->captured_identities(ClientId("other"), sales)->empty());
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

TEST_F(SqliteControlTest, money_at_risk_beyond_64_bits_is_kept_and_comes_first) {
    const auto wide = [](const char* amount) {
        return WideMoney(WideDecimal::parse(amount, Rounding::exact).value(),
                         Currency::from_code("IDR").value());
    };
    ASSERT_TRUE(store_
                    ->sync_findings(client_, "reconcile",
                                    {finding("small", wide("999999999999.99")),
                                     finding("large", wide("-123456789012345678901234.56")),
                                     finding("sum", wide("9300000000000"))},
                                    Instant{1})
                    .ok());
    std::vector<std::string> found;
    for (const auto& item : *store_->exceptions({}))
        found.push_back(item.finding.key + " " + item.finding.at_risk->text());
    EXPECT_EQ(found,
              (std::vector<std::string>{"large -123456789012345678901234.56 IDR",
                                        "sum 9300000000000.00 IDR", "small 999999999999.99 IDR"}));
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
    EXPECT_EQ(decode_figures(bytes)->front().amount.text(2), "10.00");
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

TEST_F(SqliteControlTest, bytes_are_hashed_whenever_they_are_read) {
    const StoredDefinition metric{sha256("{1}"), "metric", "net_sales", "{1}"};
    ASSERT_TRUE(store_->save_definitions({metric}).ok());
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10.00")}).ok());
    const Digest figures = store_->live_publications(client_, "")->front().result_digest;
    tamper(
        "update blobs set bytes = cast('[]' as blob) where instr(bytes, cast('EUR' as blob)) > 0;"
        "update definitions set bytes = cast('{2}' as blob)");
    EXPECT_EQ(store_->blob(figures).error().code, "control.corrupt");
    EXPECT_EQ(store_->find_blob(figures).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(store_->definition(metric.digest).error().code, "control.corrupt");
    tamper("delete from blobs");
    EXPECT_EQ(store_->blob(figures).error().code, "control.corrupt");
    EXPECT_TRUE(store_->blob(figures).error().where.file.ends_with("control.sqlite"));
    EXPECT_FALSE(store_->find_blob(figures)->has_value());
}

TEST_F(SqliteControlTest, a_row_that_cannot_be_read_is_corrupt) {
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10.00")}).ok());
    ASSERT_TRUE(store_->sync_findings(client_, "reconcile", {finding("a", {})}, Instant{1}).ok());
    ASSERT_TRUE(store_->save_stream_version({"till/sales", 1, sha256("a")}).ok());
    const auto is_corrupt = [](const auto& result) {
        return !result.ok() && result.error().code == "control.corrupt" &&
               result.error().kind == ErrorKind::corrupt;
    };
    for (const char* change : {"state = 'live'", "grain = 'hour'", "log_root = 'abc'"}) {
        tamper_once(std::string("update publications set ") + change);
        EXPECT_TRUE(is_corrupt(store_->live_publications(client_, ""))) << change;
    }
    for (const char* change :
         {"status = 'gone'", "severity = 'grave'", "doubts = '{}'", "doubts = '[[]]'",
          "doubts = '[[\"bank\",\"today\",\"2026-03-01\"]]'", "at_risk = 'much', currency = 'EUR'",
          "at_risk = '1', currency = 'no'", "claims = '[]'"}) {
        tamper_once(std::string("update exceptions set ") + change);
        ExceptionFilter filter;
        filter.has_claims = filter.is_closed_too = true;
        EXPECT_TRUE(is_corrupt(store_->exceptions(filter))) << change;
    }
    tamper_once("update stream_versions set contract_digest = ''");
    EXPECT_TRUE(is_corrupt(store_->stream_versions("till/sales")));
    store_.reset();
    ASSERT_TRUE(Database::open(path_)->execute("update audit_tree set frontier = x''").ok());
    EXPECT_TRUE(is_corrupt(SqliteControl::open(path_)));
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
    ASSERT_TRUE(Database::open(path_)->execute("pragma user_version = 99").ok());
    EXPECT_EQ(SqliteControl::open(path_).error().code, "control.newer");
    EXPECT_EQ(SqliteControl::open(path_).error().kind, ErrorKind::refused);
}

DefinitionTexts texts_of(std::string_view manifest, const char* client = "harbor") {
    return {ClientId(client), sha256(manifest), Instant{5}, RunId("run1")};
}

TEST_F(SqliteControlTest, texts_of_definitions_stand_before_what_was_published_under_them) {
    const StoredDefinition metric{sha256("{1}"), "metric", "net_sales", "{1}"};
    ASSERT_TRUE(store_->note_texts(texts_of("first"), "first", {metric}).ok());
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10")}).ok());
    ASSERT_TRUE(store_->note_texts(texts_of("second"), "second", {}).ok());
    ASSERT_TRUE(store_->note_texts(texts_of("other", "quay"), "other", {}).ok());
    ASSERT_TRUE(store_->publish({publication("2026-03-02", 1, "20")}).ok());
    reopen();
    const auto live = *store_->live_publications(client_, "net_sales");
    ASSERT_EQ(live.size(), 2U);
    EXPECT_EQ((*store_->texts_behind(live[0]))->digest, sha256("first"));
    EXPECT_EQ((*store_->texts_behind(live[1]))->digest, sha256("second"));
    EXPECT_EQ(*store_->blob(sha256("first")), "first");
    EXPECT_EQ(store_->definition(metric.digest)->name, "net_sales");
    EXPECT_TRUE(store_->verify().ok());
}

TEST_F(SqliteControlTest, texts_that_did_not_change_are_not_noted_again) {
    for (const char* manifest : {"first", "first", "second", "second", "first"})
        ASSERT_TRUE(store_->note_texts(texts_of(manifest), manifest, {}).ok());
    EXPECT_EQ(store_->audit_head()->size, 3U);
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10")}).ok());
    const auto live = *store_->live_publications(client_, "net_sales");
    EXPECT_EQ((*store_->texts_behind(live.front()))->digest, sha256("first"));
}

TEST_F(SqliteControlTest, a_publication_of_before_texts_were_noted_has_none) {
    ASSERT_TRUE(store_->publish({publication("2026-03-01", 1, "10")}).ok());
    ASSERT_TRUE(store_->note_texts(texts_of("first"), "first", {}).ok());
    const auto live = *store_->live_publications(client_, "net_sales");
    EXPECT_FALSE(store_->texts_behind(live.front())->has_value());
}

TEST_F(SqliteControlTest, verify_notices_another_owner_of_then) {
    ASSERT_TRUE(store_->note_texts(texts_of("first"), "first", {}).ok());
    ASSERT_TRUE(store_->note_texts(texts_of("second"), "second", {}).ok());
    ASSERT_TRUE(store_->verify().ok());
    tamper(
        "update definition_texts set texts_digest = (select texts_digest from definition_texts"
        " where leaf_index = 1) where leaf_index = 0");
    EXPECT_EQ(store_->verify().error().code, "control.corrupt");
}

TEST_F(SqliteControlTest, check_results_are_those_of_the_latest_run) {
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
    ASSERT_EQ(store_->latest_check_results(client_)->size(), 1U);
    EXPECT_EQ(store_->latest_check_results(client_)->front().run, RunId("run2"));
}

TEST_F(SqliteControlTest, last_run_is_the_latest_whatever_became_of_it) {
    EXPECT_FALSE(store_->last_run(client_)->has_value());
    ASSERT_TRUE(store_->begin_run({RunId("run1"), client_, Instant{1}, {}, "running", 1}).ok());
    ASSERT_TRUE(store_->finish_run(RunId("run1"), Instant{2}, "done").ok());
    ASSERT_TRUE(store_->begin_run({RunId("run2"), client_, Instant{3}, {}, "running", 5}).ok());
    ASSERT_TRUE(
        store_->begin_run({RunId("run3"), ClientId("other"), Instant{4}, {}, "running", 1}).ok());
    EXPECT_EQ((*store_->last_run(client_))->id, RunId("run2"));
    EXPECT_EQ((*store_->last_run(client_))->outcome, "running");
    EXPECT_EQ((*store_->last_run(client_))->finished_at, std::nullopt);
    EXPECT_EQ((*store_->last_finished_run(client_))->id, RunId("run1"));
    EXPECT_EQ((*store_->last_finished_run(client_))->finished_at, Instant{2});
}

TEST_F(SqliteControlTest, definitions_are_kept_under_their_digest) {
    const StoredDefinition definition{sha256("{}"), "metric", "net_sales", "{}"};
    ASSERT_TRUE(store_->save_definitions({definition, definition}).ok());
    EXPECT_EQ(store_->definition(sha256("{}"))->name, "net_sales");
    EXPECT_EQ(store_->definition(sha256("other")).error().code, "control.corrupt");
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
