// Goal: no damage of the control store is silent. Verify names every changed byte that an answer
// could meet, and whatever is read of a damaged store is what was written, or an error.
// Method: a small store with rows in every table; its bytes are flipped page by page, pages zeroed,
// exchanged and cut off, rows removed and exchanged, the file put back to what it was before.
#include "drivers/sqlite/control_head.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace meshline {
namespace {

constexpr std::size_t page_size = 4096;
const ClientId harbor("harbor");

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

BusinessDate day(int number) {
    return {20513 + number};
}

Finding finding(int number) {
    Finding made;
    made.type = "break";
    made.key = fmt::format("order {}", number);
    made.owner = "finance";
    made.severity = Severity::high;
    made.at_risk = WideMoney(WideDecimal::parse("12.5", Rounding::exact).value(),
                             Currency::from_code("EUR").value());
    made.from = made.to = day(number);
    made.doubts = {{"commerce", day(number), day(number)}};
    made.title = fmt::format("order {} has no payment", number);
    made.evidence = {{"order", std::to_string(number)}};
    made.fixes = {{"review", "Look at it."}};
    made.claims = {"orders",
                   {{ClaimKind::entry, "commerce", day(number), "1 gross_sale 1",
                     WideDecimal::parse("12.5", Rounding::exact).value()}}};
    return made;
}

const std::string metric_text = R"({"metric":"net_sales"})";
const std::string zone_text = "start 0\n";

std::string manifest() {
    return fmt::format("metric net_sales {}\nzone Europe/Berlin {}\n", sha256(metric_text).hex(),
                       sha256(zone_text).hex());
}

ControlStore::NewPublication publication(const std::string& metric, int number, int version,
                                         std::string_view checks) {
    ControlStore::NewPublication added;
    std::vector<Figure> figures;
    // More than a page has room for, so that there are pages that continue others.
    for (int member = 0; member < 300; ++member) {
        figures.push_back(
            {"EUR", member == 0 ? "" : "channel", member == 0 ? "" : std::to_string(member),
             WideDecimal::parse(fmt::format("{}.{}", number + member, version), Rounding::exact)
                 .value()});
    }
    added.figures = encode_figures(std::move(figures));
    added.checks = checks;
    Publication& row = added.publication;
    row.client = harbor;
    row.metric = metric;
    row.period = row.through = day(number);
    row.version = version;
    row.state = PublicationState::verified;
    row.log_position = 12;
    row.log_root = sha256("root");
    row.definitions_digest = sha256(manifest());
    row.checks_digest = sha256(checks);
    row.result_digest = sha256(*added.figures);
    row.published_at = Instant{1'700'000'000'000'000};
    row.run = RunId("run1");
    return added;
}

/// One run of a client, with something for every table.
void fill(ControlStore& store, int version) {
    const std::string definitions = manifest();
    const std::string checks = "checks of version " + std::to_string(version);
    const Digest contract = sha256("contract");
    const Digest zone = sha256(zone_text);
    ASSERT_TRUE(store
                    .save_definitions({{sha256(metric_text), "metric", "net_sales", metric_text},
                                       {contract, "contract", "till/sales", "contract"},
                                       {zone, "zone", "Europe/Berlin", zone_text}})
                    .ok());
    ASSERT_TRUE(store.keep_zone_rules({{harbor, "Europe/Berlin", zone}}).ok());
    ASSERT_TRUE(store.save_stream_version({"till/sales", version, contract, "row"}).ok());
    ASSERT_TRUE(store.note_captured_identity(harbor, {"till", "sales"}, "row").ok());
    ASSERT_TRUE(store.know_log(harbor, {12, sha256("root")}).ok());
    ASSERT_TRUE(store
                    .keep_reserved_events(harbor,
                                          {12,
                                           sha256("root"),
                                           {{11, "captures", "opening", Instant{version}, "{}"},
                                            {12, "captures", "closing", Instant{version}, "{}"}}},
                                          false)
                    .ok());
    const RunId run("run" + std::to_string(version));
    ASSERT_TRUE(store.begin_run({run, harbor, Instant{version}, {}, "running", 12}).ok());
    ASSERT_TRUE(store
                    .note_texts({harbor, sha256(definitions + std::to_string(version)),
                                 Instant{version}, run},
                                definitions + std::to_string(version), {})
                    .ok());
    std::vector<CheckResult> results(40);
    std::vector<Finding> findings;
    for (int number = 0; number < 40; ++number) {
        CheckResult& result = results[static_cast<std::size_t>(number)];
        result.run = run;
        result.client = harbor;
        result.check = fmt::format("check_{}", number);
        result.check_digest = contract;
        result.subject = "all";
        result.severity = "hold";
        result.sample = "[]";
        findings.push_back(finding(number));
    }
    ASSERT_TRUE(store.save_check_results(results).ok());
    ASSERT_TRUE(store.sync_findings(harbor, "reconcile", findings, Instant{version}).ok());
    std::vector<ControlStore::NewPublication> publications;
    for (int number = 0; number < 4; ++number) {
        for (const char* metric : {"net_sales", "orders"}) {
            publications.push_back(publication(metric, number, version, checks));
            publications.back().definitions = definitions;
        }
    }
    ASSERT_TRUE(store.publish(publications).ok());
    ASSERT_TRUE(store.append_audit_leaf(R"({"act":"accept_loss","at":"x","size":1})").ok());
    ASSERT_TRUE(store.finish_run(run, Instant{version}, "done").ok());
}

/// Everything that anybody asks the store, as one text; or the error that came instead.
Result<std::string> answers(ControlStore& store) {
    std::string text;
    const auto add = [&](const auto&... parts) { ((text += fmt::format("{} ", parts)), ...); };
    MESHLINE_ASSIGN(const auto live, store.live_publications(harbor, ""));
    for (const Publication& act : live) {
        add(encode_audit_leaf(act));
        for (const Digest& digest :
             {act.result_digest, act.definitions_digest, act.checks_digest}) {
            MESHLINE_ASSIGN(const std::string bytes, store.blob(digest));
            add(bytes);
        }
        MESHLINE_ASSIGN(const auto texts, store.texts_behind(act));
        add(texts ? texts->digest.hex() : "none");
    }
    for (const char* metric : {"net_sales", "orders"}) {
        MESHLINE_ASSIGN(const auto history, store.publication_history(harbor, metric, {}));
        MESHLINE_ASSIGN(const auto of_day, store.publication_history(harbor, metric, day(2)));
        for (const auto* acts : {&history, &of_day}) {
            for (const Publication& act : *acts)
                add(act.sequence, encode_audit_leaf(act));
        }
    }
    ExceptionFilter filter;
    filter.has_claims = filter.is_closed_too = true;
    MESHLINE_ASSIGN(const auto items, store.exceptions(filter));
    for (const ExceptionItem& item : items) {
        add(item.id.text(), item.stage, item.finding.key, item.finding.title, item.times_opened);
        add(item.finding.at_risk->text(), item.finding.doubts.front().from.text());
        add(item.finding.evidence.front().second, item.finding.claims.list.front().subject);
    }
    MESHLINE_ASSIGN(const auto homes, store.homes_of_open_exceptions());
    for (const auto& home : homes)
        add(home.client.text(), home.stage);
    MESHLINE_ASSIGN(const auto latest, store.latest_check_results(harbor));
    for (const CheckResult& result : latest)
        add(result.run.text(), result.check, result.check_digest.hex(), result.is_passed);
    MESHLINE_ASSIGN(const auto versions, store.stream_versions("till/sales"));
    for (const StreamVersion& version : versions)
        add(version.version, version.contract.hex(), version.identity);
    MESHLINE_ASSIGN(const auto identities, store.captured_identities(harbor, {"till", "sales"}));
    for (const std::string& identity : identities)
        add(identity);
    MESHLINE_ASSIGN(const auto all_kept, store.kept_zone_rules());
    for (const KeptZoneRules& kept : all_kept) {
        MESHLINE_ASSIGN(const StoredDefinition rules, store.definition(kept.rules));
        add(kept.zone, rules.bytes);
    }
    MESHLINE_ASSIGN(const auto known, store.known_log(harbor));
    add(known ? known->root.hex() : "none");
    MESHLINE_ASSIGN(const auto reserved, store.reserved_events(harbor));
    add(reserved.position, reserved.root.hex());
    for (const ReservedEvent& event : reserved.events)
        add(event.position, event.event_id, event.received_at.micros, event.payload);
    MESHLINE_ASSIGN(const auto runs, store.run_count());
    add(runs);
    MESHLINE_ASSIGN(const auto head, store.audit_head());
    add(head.size, head.root.hex());
    return text;
}

bool is_corrupt(const Error& error) {
    return error.kind == ErrorKind::corrupt && error.code.starts_with("control.");
}

class ControlDamageTest : public testing::Test {
  protected:
    ControlDamageTest() {
        char pattern[] = "/tmp/meshline-damage-XXXXXX";
        folder_ = mkdtemp(pattern);
        path_ = folder_ + "/control.sqlite";
        fill(*open(), 1);
        earlier_ = read_file(path_);
        earlier_head_ = read_file(head());
        fill(*open(), 2);
        good_ = read_file(path_);
        good_answers_ = answers(*open()).value();
    }
    ~ControlDamageTest() override { std::filesystem::remove_all(folder_); }

    std::string head() const { return head_file_of(path_); }
    std::unique_ptr<SqliteControl> open() const {
        return std::move(SqliteControl::open(path_)).value();
    }

    /// What stands in the file's place must be told by verify, and no answer may be another.
    void expect_named(const std::string& bytes, const std::string& what) {
        write_file(path_, bytes);
        const auto opened = SqliteControl::open(path_);
        if (!opened.ok()) {
            EXPECT_TRUE(is_corrupt(opened.error())) << what << ": " << render(opened.error());
            return;
        }
        const auto verified = (*opened)->verify();
        EXPECT_TRUE(!verified.ok() && is_corrupt(verified.error())) << what;
        const auto said = answers(**opened);
        if (said.ok()) {
            EXPECT_EQ(*said, good_answers_) << what;
        } else {
            EXPECT_TRUE(is_corrupt(said.error())) << what << ": " << render(said.error());
        }
    }

    /// The good store after `sql`, which the checksums know nothing of.
    std::unique_ptr<SqliteControl> changed(const std::string& sql) {
        write_file(path_, good_);
        const auto done = Database::open(path_)->execute(sql);
        EXPECT_TRUE(done.ok()) << sql;
        return open();
    }

    std::string folder_;
    std::string path_;
    std::string earlier_;  ///< After the first run.
    std::string earlier_head_;
    std::string good_;  ///< After the second.
    std::string good_answers_;
};

TEST_F(ControlDamageTest, an_undamaged_store_is_intact) {
    EXPECT_TRUE(open()->verify().ok());
    auto tables = Database::open(path_);
    Statement names = tables->prepare("select name from sqlite_schema where type = 'table'");
    while (*names.step()) {
        Statement count = tables->prepare("select count(*) from " + names.text(0));
        ASSERT_TRUE(*count.step());
        EXPECT_GT(count.integer(0), 0) << names.text(0);
    }
}

TEST_F(ControlDamageTest, every_flipped_bit_is_named) {
    ASSERT_GE(good_.size(), 40 * page_size);
    // Of each page its header, its ends and what lies between; of the file's header every byte.
    std::vector<std::size_t> offsets;
    for (std::size_t offset = 0; offset < 100; ++offset)
        offsets.push_back(offset);
    for (std::size_t page = 0; page < good_.size(); page += page_size) {
        for (const std::size_t place : {0, 3, 11, 700, 2100, 3300, 4000, 4087, 4088, 4095})
            offsets.push_back(page + place);
    }
    for (const std::size_t offset : offsets) {
        std::string bytes = good_;
        bytes[offset] = static_cast<char>(bytes[offset] ^ (1 << (offset % 8)));
        expect_named(bytes, fmt::format("bit {} of byte {}", offset % 8, offset));
    }
}

TEST_F(ControlDamageTest, the_error_names_the_page) {
    std::string bytes = good_;
    const std::size_t page = 5 * page_size;
    bytes[page + 17] = static_cast<char>(bytes[page + 17] ^ 4);
    write_file(path_, bytes);
    const auto verified = open()->verify();
    ASSERT_FALSE(verified.ok());
    EXPECT_EQ(verified.error().where.offset, static_cast<std::int64_t>(page));
    EXPECT_EQ(verified.error().where.file, path_);
}

TEST_F(ControlDamageTest, zeroed_exchanged_and_cut_pages_are_named) {
    for (std::size_t page = 0; page < good_.size(); page += page_size) {
        std::string zeroed = good_;
        std::fill_n(zeroed.begin() + static_cast<std::ptrdiff_t>(page), page_size, '\0');
        expect_named(zeroed, fmt::format("zeros at {}", page));
        if (page > 0) {
            std::string exchanged = good_;
            std::swap_ranges(exchanged.begin() + static_cast<std::ptrdiff_t>(page),
                             exchanged.begin() + static_cast<std::ptrdiff_t>(page + page_size),
                             exchanged.begin() + page_size);
            if (exchanged != good_)
                expect_named(exchanged, fmt::format("page at {} in place 2", page));
        }
        if (page > 0) expect_named(good_.substr(0, page), fmt::format("cut at {}", page));
        expect_named(good_.substr(0, page + 2000), fmt::format("cut at {}", page + 2000));
    }
}

TEST_F(ControlDamageTest, removed_and_exchanged_rows_are_named) {
    const std::vector<std::string> changes = {
        "delete from publications where metric = 'orders'", "delete from publications",
        "delete from publications where sequence = (select max(sequence) from publications)",
        "delete from audit_leaves where leaf_index = 3", "delete from audit_leaves",
        "delete from audit_leaves where leaf_index = (select max(leaf_index) from audit_leaves)",
        "delete from audit_tree", "delete from definition_texts where leaf_index = 0",
        "delete from definition_texts", "delete from definitions where kind = 'contract'",
        "delete from definitions where kind = 'metric'",
        "delete from definitions where kind = 'zone'", "delete from zone_rules",
        "delete from blobs where digest = (select result_digest from publications limit 1)",
        "delete from blobs where digest = (select checks_digest from publications limit 1)",
        "delete from blobs where digest = (select definitions_digest from publications limit 1)",
        "update publications set state = 'provisional' where sequence = 1",
        "update publications set result_digest = (select result_digest from publications"
        " where sequence = 3) where sequence = 1",
        // The order of acts says which is live.
        "update publications set sequence = -1 where sequence = 1;"
        "update publications set sequence = 1 where sequence = 9;"
        "update publications set sequence = 9 where sequence = -1",
        "insert into publications select null, client_id, metric, period, version, state, reason,"
        " log_position, log_root, definitions_digest, checks_digest, result_digest, published_at,"
        " run_id, leaf_index, grain, through from publications where sequence = 1",
        "update audit_leaves set leaf = cast('{\"act\":\"nothing\"}' as blob) where leaf_index = 5",
        "update zone_rules set rules_digest = (select digest from definitions where kind ="
        " 'contract')",
        "update stream_versions set contract_digest = '" + sha256("another").hex() + "'"};
    for (const std::string& change : changes) {
        write_file(path_, good_);
        ASSERT_TRUE(Database::open(path_)->execute(change).ok()) << change;
        const auto opened = SqliteControl::open(path_);
        const auto verified = opened.ok() ? (*opened)->verify() : opened.error();
        ASSERT_FALSE(verified.ok()) << change;
        EXPECT_TRUE(is_corrupt(verified.error())) << change << ": " << render(verified.error());
    }
    EXPECT_TRUE(changed("select 1")->verify().ok());
}

TEST_F(ControlDamageTest, a_definition_that_only_earlier_publications_name_is_missed) {
    const std::string earlier = R"({"metric":"net_sales","negate":true})";
    {
        const auto store = open();
        ASSERT_TRUE(
            store->save_definitions({{sha256(earlier), "metric", "net_sales", earlier}}).ok());
        for (const std::string& text : {earlier, metric_text}) {
            auto added = publication("net_sales", 1, 7, "checks");
            const std::string named = fmt::format("metric net_sales {}\nzone Europe/Berlin {}\n",
                                                  sha256(text).hex(), sha256(zone_text).hex());
            added.definitions = named;
            added.publication.definitions_digest = sha256(named);
            ASSERT_TRUE(store->publish({added}).ok());
        }
        ASSERT_TRUE(store->verify().ok());
    }
    ASSERT_TRUE(
        Database::open(path_)
            ->execute("delete from definitions where digest = '" + sha256(earlier).hex() + "'")
            .ok());
    EXPECT_FALSE(open()->verify().ok());
}

TEST_F(ControlDamageTest, rules_that_are_not_those_that_were_taken_are_named) {
    const std::string newer = "start 60\n";
    {
        const auto store = open();
        ASSERT_TRUE(
            store->save_definitions({{sha256(newer), "zone", "Europe/Berlin", newer}}).ok());
        ASSERT_TRUE(store
                        ->append_audit_leaf(fmt::format(
                            R"({{"act":"take_zone_rules","client":"harbor","kept":"{}",)"
                            R"("taken":"{}","zone":"Europe/Berlin"}})",
                            sha256("start 30\n").hex(), sha256(newer).hex()))
                        .ok());
    }
    EXPECT_FALSE(open()->verify().ok());
    ASSERT_TRUE(open()->keep_zone_rules({{harbor, "Europe/Berlin", sha256(newer)}}).ok());
    EXPECT_TRUE(open()->verify().ok());
}

TEST_F(ControlDamageTest, an_older_copy_is_refused) {
    write_file(path_, earlier_);
    const auto opened = SqliteControl::open(path_);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "control.older");
    EXPECT_EQ(opened.error().kind, ErrorKind::corrupt);
    // With what says so, it is the store of then.
    write_file(head(), earlier_head_);
    EXPECT_TRUE(open()->verify().ok());
}

TEST_F(ControlDamageTest, a_store_of_the_same_length_but_other_acts_is_refused) {
    const std::string other = folder_ + "/other.sqlite";
    {
        const auto store = std::move(SqliteControl::open(other)).value();
        fill(*store, 1);
        fill(*store, 3);
    }
    std::filesystem::copy_file(other, path_, std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(SqliteControl::open(path_).error().code, "control.older");
}

TEST_F(ControlDamageTest, a_missing_or_empty_store_is_no_new_one) {
    std::filesystem::remove(path_);
    EXPECT_EQ(SqliteControl::open(path_).error().code, "control.missing");
    EXPECT_FALSE(std::filesystem::exists(path_));
    write_file(path_, "");
    EXPECT_EQ(SqliteControl::open(path_).error().code, "control.missing");
    // Without the file beside it the event log tells.
    std::filesystem::remove(head());
    const auto has = [](bool is_there) {
        return ControlOptions{.has_history = [=] { return Result<bool>(is_there); }};
    };
    EXPECT_EQ(SqliteControl::open(path_, has(true)).error().code, "control.missing");
    EXPECT_TRUE(SqliteControl::open(path_, has(false)).ok());
    // A file that was made and never filled is an empty one.
    std::filesystem::remove(path_);
    {
        const auto made = Database::open(path_);
    }
    EXPECT_EQ(SqliteControl::open(path_, has(true)).error().code, "control.missing");
}

TEST_F(ControlDamageTest, a_loss_is_accepted_by_word_and_noted) {
    write_file(path_, earlier_);
    ControlOptions options;
    options.accepts_loss = true;
    {
        const auto store = std::move(SqliteControl::open(path_, options)).value();
        ASSERT_TRUE(store->loss().has_value());
        EXPECT_LT(store->loss()->here.size, store->loss()->written->size);
    }
    // Until it is noted it is lost.
    EXPECT_EQ(SqliteControl::open(path_).error().code, "control.older");
    {
        const auto store = std::move(SqliteControl::open(path_, options)).value();
        ASSERT_TRUE(store->append_audit_leaf(R"({"act":"accept_loss"})").ok());
    }
    EXPECT_TRUE(open()->verify().ok());
    const auto whole = SqliteControl::open(path_, options);
    EXPECT_FALSE((*whole)->loss().has_value());
}

TEST_F(ControlDamageTest, a_damaged_head_file_is_named_and_a_missing_one_made_again) {
    const std::string lines = read_file(head());
    const std::size_t half = lines.size() / 2;
    for (std::size_t offset = 0; offset < half; ++offset) {
        std::string bytes = lines;
        bytes[offset] = static_cast<char>(bytes[offset] ^ 1);
        // The other line is as good, the greater one or the one before.
        write_file(head(), bytes);
        EXPECT_TRUE(SqliteControl::open(path_).ok()) << offset;
        bytes[half + offset] = static_cast<char>(bytes[half + offset] ^ 1);
        write_file(head(), bytes);
        const auto opened = SqliteControl::open(path_);
        ASSERT_FALSE(opened.ok()) << offset;
        EXPECT_EQ(opened.error().code, "control.corrupt");
        EXPECT_EQ(opened.error().where.file, head());
    }
    // What a power cut may leave of a new file, and a torn write.
    for (const std::string& bytes :
         {std::string(), std::string(lines.size(), '\0'), lines.substr(0, half - 1)}) {
        write_file(head(), bytes);
        open();
        const auto made = read_control_head(head());
        ASSERT_TRUE(made.ok());
        EXPECT_EQ((*made)->size, open()->audit_head()->size);
    }
    std::filesystem::remove(head());
    open();
    EXPECT_EQ((*read_control_head(head()))->size, open()->audit_head()->size);
}

TEST_F(ControlDamageTest, a_torn_write_of_the_head_leaves_the_one_before) {
    const std::string before = read_file(head());
    ASSERT_TRUE(open()->append_audit_leaf(R"({"act":"accept_loss","at":"y","size":2})").ok());
    const std::string after = read_file(head());
    ASSERT_EQ(after.size(), before.size());
    const std::size_t half = after.size() / 2;
    const std::size_t start = after.substr(0, half) == before.substr(0, half) ? half : 0;
    for (std::size_t written = 0; written <= half; written += 7) {
        std::string torn = before;
        torn.replace(start, written, after, start, written);
        write_file(head(), torn);
        EXPECT_TRUE(open()->verify().ok()) << written;
    }
}

TEST_F(ControlDamageTest, what_a_killed_process_left_is_taken_up_and_its_loss_is_named) {
    // The write-ahead log of a third run, as it lies there while the store is open.
    std::string log;
    {
        const auto store = open();
        fill(*store, 3);
        log = read_file(path_ + "-wal");
    }
    const std::string third = read_file(head());
    const std::string third_answers = answers(*open()).value();
    ASSERT_GT(log.size(), page_size);
    const auto leave = [&](const std::string& of_log) {
        write_file(path_, good_);
        write_file(path_ + "-wal", of_log);
        write_file(head(), third);
    };
    leave(log);
    EXPECT_TRUE(open()->verify().ok());
    EXPECT_EQ(answers(*open()).value(), third_answers);
    for (std::size_t offset = 0; offset < log.size(); offset += 1013) {
        std::string bytes = log;
        bytes[offset] = static_cast<char>(bytes[offset] ^ 1);
        leave(bytes);
        const auto opened = SqliteControl::open(path_);
        if (opened.ok()) {
            // Only what came after the last act may be lost: the end of the run's record.
            EXPECT_TRUE((*opened)->verify().ok()) << offset;
            EXPECT_EQ(answers(**opened).value(), third_answers) << offset;
        } else {
            EXPECT_TRUE(is_corrupt(opened.error())) << offset << ": " << render(opened.error());
        }
    }
}

TEST_F(ControlDamageTest, a_store_that_is_only_read_is_left_as_it_is) {
    const auto listing = [&] {
        std::string text;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            text += fmt::format("{} {}\n", entry.path().string(),
                                sha256(read_file(entry.path().string())).hex());
        }
        return text;
    };
    const std::string before = listing();
    ControlOptions options;
    options.access = ControlAccess::reading;
    {
        const auto store = std::move(SqliteControl::open(path_, options)).value();
        EXPECT_TRUE(store->verify().ok());
        EXPECT_EQ(answers(*store).value(), good_answers_);
    }
    EXPECT_EQ(listing(), before);
    std::string bytes = good_;
    bytes[3 * page_size + 100] = static_cast<char>(bytes[3 * page_size + 100] ^ 1);
    write_file(path_, bytes);
    const auto damaged = std::move(SqliteControl::open(path_, options)).value()->verify();
    ASSERT_FALSE(damaged.ok());
    EXPECT_EQ(damaged.error().where.file, path_);
    EXPECT_EQ(damaged.error().where.offset, static_cast<std::int64_t>(3 * page_size));
}

TEST_F(ControlDamageTest, another_sqlite_can_read_it_and_leaves_damage_where_it_writes) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &connection), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(connection, "select count(*) from publications", nullptr, nullptr, nullptr),
        SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(connection, "update exceptions set owner = 'nobody'", nullptr, nullptr,
                           nullptr),
              SQLITE_OK);
    sqlite3_close(connection);
    const auto verified = open()->verify();
    ASSERT_FALSE(verified.ok());
    EXPECT_EQ(verified.error().code, "control.corrupt");
}

}  // namespace
}  // namespace meshline
