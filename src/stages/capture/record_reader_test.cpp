// Goal: every record of a file is cut out whole, and what is no record never hides the next one.
// Method: read texts through the same entry that capture uses, and list what comes out.
#include "stages/capture/record_reader.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

class TextFile : public InputFile {
  public:
    explicit TextFile(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        const std::size_t count = std::min(size, text_.size() - at_);
        std::memcpy(into, text_.data() + at_, count);
        at_ += count;
        return count;
    }

  private:
    std::string text_;
    std::size_t at_ = 0;
};

/// "number:bytes" for good records, "number!problem" for the others.
std::vector<std::string> read_all(std::string text, const std::string& name,
                                  const std::vector<std::string>& envelopes = {}) {
    auto reader =
        open_records(std::make_unique<TextFile>(std::move(text)), name, {.envelopes = envelopes});
    if (!reader.ok()) return {reader.error().code};
    std::vector<std::string> records;
    RecordBatch batch;
    while (true) {
        const auto more = (*reader)->next(batch);
        EXPECT_TRUE(more.ok());
        for (const RawRecord& record : batch.records) {
            records.push_back(record.problem.empty()
                                  ? fmt::format("{}:{}", record.number, batch.text(record))
                                  : fmt::format("{}!{}", record.number, record.problem));
        }
        if (!more.ok() || !*more) return records;
    }
}

using Records = std::vector<std::string>;

/// The bytes of what can be no record.
Records kept_bytes(std::string text, const std::string& name) {
    auto reader = open_records(std::make_unique<TextFile>(std::move(text)), name, {}).value();
    Records kept;
    RecordBatch batch;
    while (reader->next(batch).value()) {
        for (const RawRecord& record : batch.records) {
            if (!record.problem.empty()) kept.emplace_back(batch.text(record));
        }
    }
    return kept;
}

TEST(Ndjson, each_line_is_a_record_and_blank_lines_are_none) {
    EXPECT_EQ(read_all("{\"a\":1}\r\n\n  \n{\"a\":2}", "x.ndjson"),
              (Records{"1:{\"a\":1}", "4:{\"a\":2}"}));
}

TEST(Ndjson, a_broken_line_stays_one_record) {
    EXPECT_EQ(read_all("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "x.json"),
              (Records{"1:{\"a\":1}", "2:{\"a\":", "3:{\"a\":3}"}));
}

TEST(Ndjson, a_record_with_a_member_named_like_its_envelope_is_a_record) {
    const std::string first = R"({ "id" : 1,"orders":[{"id":2}]})";
    const std::string later = R"({"orders":[{"id":2}],"id":1})";
    EXPECT_EQ(read_all(first + "\n" + later + "\n", "x.ndjson", {"orders"}),
              (Records{"1:" + first, "2:" + later}));
}

TEST(Ndjson, a_line_longer_than_the_window_is_read_whole) {
    const std::string line = "{\"a\":\"" + std::string(3 << 20, 'x') + "\"}";
    EXPECT_EQ(read_all("{\"a\":1}\n" + line + "\n{\"a\":2}\n" + line, "x.ndjson"),
              (Records{"1:{\"a\":1}", "2:" + line, "3:{\"a\":2}", "4:" + line}));
}

TEST(Ndjson, an_envelope_on_one_line_is_unwrapped) {
    EXPECT_EQ(read_all("{\"orders\":[{\"id\":1},{\"id\":2}]}\n", "x.ndjson", {"orders", "order"}),
              (Records{"1:{\"id\":1}", "2:{\"id\":2}"}));
    EXPECT_EQ(read_all("{\"order\":{\"id\":1}}\n", "x.ndjson", {"orders", "order"}),
              (Records{"1:{\"id\":1}"}));
}

TEST(Ndjson, arrays_and_envelopes_on_lines_are_unwrapped_with_numbers_of_their_own) {
    EXPECT_EQ(
        read_all("{\"orders\":[{\"id\":1},{\"id\":2}]}\n[{\"id\":3}][{\"id\":4}]\n{\"id\":5}\n",
                 "x.ndjson", {"orders"}),
        (Records{"1:{\"id\":1}", "2:{\"id\":2}", "3:{\"id\":3}", "4:{\"id\":4}", "5:{\"id\":5}"}));
    EXPECT_EQ(read_all("{\"orders\":[{\"id\":1}],\"order\":{\"id\":2}}\n\n\n{\"id\":4}\n",
                       "x.ndjson", {"orders", "order"}),
              (Records{"1:{\"id\":1}", "2:{\"id\":2}", "4:{\"id\":4}"}));
}

TEST(Ndjson, an_envelope_that_is_cut_short_gives_what_it_holds) {
    EXPECT_EQ(read_all("{\"orders\":[{\"id\":1},\n{\"id\":2}\n", "x.ndjson", {"orders"}),
              (Records{"1:{\"id\":1}", "2!the array has no end: it is cut short", "3:{\"id\":2}"}));
}

TEST(Ndjson, a_record_with_a_member_named_like_an_envelope_is_kept_whole) {
    EXPECT_EQ(read_all("{\"id\":1,\"order\":{\"id\":2}}\n", "x.ndjson", {"order"}),
              (Records{"1:{\"id\":1,\"order\":{\"id\":2}}"}));
}

TEST(Ndjson, an_oversized_line_is_a_problem_and_the_next_is_read) {
    const std::string big = "{\"a\":\"" + std::string(record_bytes_max + 10, 'x') + "\"}";
    const auto records = read_all("{\"a\":1}\n" + big + "\n{\"a\":3}\n", "x.ndjson");
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[1].substr(0, 22), "2!the record has 16777");
    EXPECT_EQ(records[2], "3:{\"a\":3}");
}

TEST(Json, elements_of_an_array_are_records_also_around_a_broken_one) {
    EXPECT_EQ(read_all("[\n {\"a\": 1},\n {\"a\": },\n {\"a\": \"]\"}\n]\n", "x.json"),
              (Records{"1:{\"a\": 1}", "2:{\"a\": }", "3:{\"a\": \"]\"}"}));
}

TEST(Json, an_envelope_over_many_lines_is_found_behind_other_members) {
    EXPECT_EQ(read_all("{\n \"count\": 2, \"meta\": {\"orders\": 1},\n \"orders\": [\n{\"id\":1},\n"
                       "{\"id\":2}\n]\n}\n",
                       "x.json", {"orders"}),
              (Records{"1:{\"id\":1}", "2:{\"id\":2}"}));
}

TEST(Json, an_envelope_with_two_records_a_line_each_is_no_ndjson) {
    EXPECT_EQ(read_all("{\"orders\": [\n  {\"id\": 1},\n  {\"id\": 2}\n]}\n", "x.json", {"orders"}),
              (Records{"1:{\"id\": 1}", "2:{\"id\": 2}"}));
}

TEST(Json, a_damaged_first_line_leaves_ndjson_what_it_is) {
    EXPECT_EQ(read_all("{\"a\": \"cut of\n{\"a\":2}\n", "x.json"),
              (Records{"1:{\"a\": \"cut of", "2:{\"a\":2}"}));
}

TEST(Json, the_end_of_an_envelope_around_one_record_is_no_record) {
    EXPECT_EQ(read_all("{\n\"order\": {\n\"id\": 1\n}\n}\n", "x.json", {"orders", "order"}),
              (Records{"1:{\n\"id\": 1\n}"}));
}

TEST(Json, one_object_over_many_lines_is_one_record) {
    EXPECT_EQ(read_all("{\n\"id\": 1\n}\n", "x.json", {"orders"}), (Records{"1:{\n\"id\": 1\n}"}));
}

TEST(Json, an_array_that_is_cut_short_says_so_after_its_records) {
    EXPECT_EQ(read_all("[{\"a\":1},\n{\"a\":2}", "x.json"),
              (Records{"1:{\"a\":1}", "2:{\"a\":2}", "3!the array has no end: it is cut short"}));
}

TEST(Json, documents_after_each_other_are_all_read) {
    const std::vector<std::string> envelopes = {"orders", "order"};
    const Records four = {"1:{\"id\":1}", "2:{\"id\":2}", "3:{\"id\":3}", "4:{\"id\":4}"};
    EXPECT_EQ(read_all(R"([{"id":1},{"id":2}][{"id":3}]{"id":4})", "x.json", envelopes), four);
    EXPECT_EQ(read_all("[{\"id\":1}]\n[{\"id\":2}]\n[\n]\n[{\"id\":3},{\"id\":4}]\n", "x.json"),
              four);
    EXPECT_EQ(read_all(R"({"orders":[{"id":1},{"id":2}]}{"orders":[{"id":3}]}{"order":{"id":4}})",
                       "x.json", envelopes),
              four);
    EXPECT_EQ(
        read_all(
            "{\n\"orders\": [\n{\"id\":1}\n]\n}\n{\"id\":2}\n[{\"id\":3}] {\"order\": {\"id\":4}}",
            "x.json", envelopes),
        four);
}

TEST(Json, every_member_of_an_envelope_that_holds_records_is_read) {
    EXPECT_EQ(read_all("{\"count\": 3,\n\"orders\":[{\"id\":1}],\"next\":null,\"order\":{\"id\":2},"
                       "\"orders\":[{\"id\":3}]}",
                       "x.json", {"orders", "order"}),
              (Records{"1:{\"id\":1}", "2:{\"id\":2}", "3:{\"id\":3}"}));
}

TEST(Json, what_is_no_record_is_kept_with_its_bytes) {
    const auto kept = [](std::string text) {
        return read_all(std::move(text), "x.json", {"orders", "order"});
    };
    EXPECT_EQ(kept("[{\"id\":1}] trailing words\n"), (Records{"1:{\"id\":1}", "2:trailing words"}));
    EXPECT_EQ(kept("[{\"id\":1}]]\n{\"id\":2}x[{\"id\":3}"),
              (Records{"1:{\"id\":1}", "2:]", "3:{\"id\":2}", "4:x", "5:{\"id\":3}",
                       "6!the array has no end: it is cut short"}));
    EXPECT_EQ(kept("{\"orders\":[{\"id\":1}],more}\n"), (Records{"1:{\"id\":1}", "2:more"}));
    EXPECT_EQ(kept("{\"orders\":[{\"id\":1}],\"next\":http}\n"),
              (Records{"1:{\"id\":1}", "2:\"next\":http"}));
    EXPECT_EQ(kept("{\"orders\":[{\"id\":1}],\n\"count\": 1\n"),
              (Records{"1:{\"id\":1}", "2!the envelope has no end: it is cut short"}));
}

TEST(Json, a_record_with_a_member_named_like_an_envelope_is_kept_whole) {
    const std::string record = "{\n\"order\": {\"id\":2},\n\"id\": 1\n}";
    EXPECT_EQ(read_all("[]" + record, "x.json", {"order"}), (Records{"1:" + record}));
}

TEST(Json, an_unclosed_string_costs_its_own_record_only) {
    EXPECT_EQ(read_all("[\n{\"a\": \"open},\n{\"a\": 2}\n]", "x.json").back(), "2:{\"a\": 2}");
}

TEST(Csv, rows_become_objects_of_text_with_the_line_they_start_on) {
    EXPECT_EQ(read_all("\xEF\xBB\xBFid,note\r\n1,\"two\nlines, \"\"quoted\"\"\"\r\n2,\n", "x.csv"),
              (Records{"2:{\"id\":\"1\",\"note\":\"two\\nlines, \\\"quoted\\\"\"}",
                       "4:{\"id\":\"2\",\"note\":\"\"}"}));
}

TEST(Csv, other_delimiters_are_found_in_the_header) {
    for (const char delimiter : {';', '\t', '|'}) {
        EXPECT_EQ(read_all(fmt::format("a{0}b\n1,5{0}2\n", delimiter), "x.csv"),
                  (Records{"2:{\"a\":\"1,5\",\"b\":\"2\"}"}));
    }
}

TEST(Csv, a_ragged_row_is_a_problem_and_the_next_is_read) {
    EXPECT_EQ(read_all("a,b\n1\n1,2,3\n1,2\n", "x.csv"),
              (Records{"2!the row has 1 fields, the header has 2",
                       "3!the row has 3 fields, the header has 2", "4:{\"a\":\"1\",\"b\":\"2\"}"}));
}

TEST(Csv, an_empty_row_of_one_column_is_a_record) {
    EXPECT_EQ(read_all("a\n\n1\n", "x.csv"), (Records{"2:{\"a\":\"\"}", "3:{\"a\":\"1\"}"}));
}

TEST(Csv, a_line_end_within_quotes_does_not_end_the_header) {
    EXPECT_EQ(read_all("\"a\nb\";c;d\n1;2;3\n", "x.csv"),
              (Records{"3:{\"a\\nb\":\"1\",\"c\":\"2\",\"d\":\"3\"}"}));
}

TEST(Csv, invalid_bytes_are_problems) {
    EXPECT_EQ(
        read_all(std::string("a,b\n\xff,2\n1,\0\n1,2\n", 16), "x.csv"),
        (Records{
            "2!byte 1 of the row is not UTF-8: convert the file, as by iconv -f LATIN1 -t UTF-8",
            "3!the row holds a NUL byte", "4:{\"a\":\"1\",\"b\":\"2\"}"}));
}

TEST(Csv, a_quote_that_never_closes_costs_its_line_only) {
    EXPECT_EQ(read_all("a,b\n1,\"open\n3,4\n", "x.csv"),
              (Records{"2!a quote is never closed", "3:{\"a\":\"3\",\"b\":\"4\"}"}));
}

// A quote that another field's quote seems to close would swallow the rows between: reading goes on
// at the line after the one that it stands in.
TEST(Csv, a_quote_that_the_next_one_seems_to_close_costs_its_line_only) {
    const std::string text = "text follows a closing quote, or a quote before it is not closed";
    const std::string row = "{\"a\":\"3\",\"b\":\"4\"}";
    EXPECT_EQ(read_all("a,b\n\"1,2\n3,4\n\"3\",4\n3,4\n", "x.csv"),
              (Records{"2!" + text, "3:" + row, "4:" + row, "5:" + row}));
    EXPECT_EQ(read_all("a,b\r\n1,\"2\r\n3,4\r\n\"3\",4\r\n", "x.csv"),
              (Records{"2!" + text, "3:" + row, "4:" + row}));
    EXPECT_EQ(read_all("a,b\r1,\"2\r3,4\r\"3\",4\r", "x.csv"),
              (Records{"2!" + text, "3:" + row, "4:" + row}));
    EXPECT_EQ(read_all("a,b\n1,\"2\" \n3,4\n", "x.csv"), (Records{"2!" + text, "3:" + row}));
    // Only the fields after those of more lines that are whole.
    EXPECT_EQ(read_all("a,b\n\"1\n3,4\n\n\",\"2\n3,4\n\"3\",4\n", "x.csv"),
              (Records{"2!" + text, "3!" + text, "5!" + text, "6:" + row, "7:" + row}));
}

TEST(Csv, a_line_of_a_field_whose_quotes_are_not_doubled_is_no_row) {
    const std::string text = "text follows a closing quote, or a quote before it is not closed";
    const std::string inside = "a quote stands inside a field, after one that is not closed";
    EXPECT_EQ(read_all("a,b\n\"note\nof \"them\",9\n3,4\n5\",6\n", "x.csv"),
              (Records{"2!" + text, "3!" + inside, "4:{\"a\":\"3\",\"b\":\"4\"}",
                       "5:{\"a\":\"5\\\"\",\"b\":\"6\"}"}));
    EXPECT_EQ(read_all("a,b\n\"note\nof \"\"them\"\",9\n", "x.csv"),
              (Records{"2!a quote is never closed", "3!" + inside}));
}

TEST(Csv, broken_quotes_beyond_what_is_buffered_are_found) {
    const std::string row = std::string(1000, 'x') + ",2\n";
    std::string text = "a,b\n1,\"open\n";
    while (text.size() < (1U << 20) + 5000)
        text += row;
    const std::size_t rows = (text.size() - 12) / row.size();
    const auto records = read_all(text + "\"3\",4\n", "x.csv");
    ASSERT_EQ(records.size(), rows + 2);
    EXPECT_EQ(records[0].substr(0, 7), "2!text ");
    EXPECT_EQ(records.back().substr(records.back().find(':')), ":{\"a\":\"3\",\"b\":\"4\"}");
}

TEST(Csv, a_last_line_without_its_end_is_kept_whole) {
    EXPECT_EQ(kept_bytes("a,b\n1,\"open", "x.csv"), (Records{"1,\"open"}));
    EXPECT_EQ(kept_bytes("a,b\n1,\"open\r\n", "x.csv"), (Records{"1,\"open"}));
}

TEST(Csv, a_row_that_is_not_blank_is_no_blank_line) {
    EXPECT_EQ(read_all("a,b\n\n  \n\"\"\n1,2\n", "x.csv"),
              (Records{"4!the row has 1 fields, the header has 2", "5:{\"a\":\"1\",\"b\":\"2\"}"}));
}

TEST(Csv, an_oversized_row_of_many_lines_is_one_problem) {
    const std::string big = "\"" + std::string(record_bytes_max / 4 + 1, 'x') + "\n";
    std::string row = "1,";
    for (int line = 0; line < 4; ++line)
        row += line == 0 ? big : big.substr(1);
    const auto records = read_all("a,b\n" + row + "\"\n3,4\n", "x.csv");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].substr(0, 22), "2!the record has 16777");
    EXPECT_EQ(records[1], "7:{\"a\":\"3\",\"b\":\"4\"}");
}

TEST(Csv, a_header_that_names_a_column_twice_is_refused) {
    EXPECT_EQ(read_all("a,a\n1,2\n", "x.csv"), (Records{"capture.duplicate_column"}));
}

TEST(Csv, a_first_line_that_names_no_column_of_the_stream_is_no_header) {
    const auto read = [](std::string text) {
        return open_records(std::make_unique<TextFile>(std::move(text)), "x.csv",
                            {.columns = {"id", "Order No"}});
    };
    EXPECT_TRUE(read(" Order No ,price\n7,1.00\n").ok());
    EXPECT_TRUE(read("").ok());
    for (const std::string text : {"7,1.00\n", "7,1.00", "ID,price\n7,1.00\n", "\n7,1.00\n"}) {
        const auto reader = read(text);
        ASSERT_FALSE(reader.ok()) << text;
        EXPECT_EQ(reader.error().code, "capture.no_header");
        EXPECT_EQ(reader.error().where.line, 1);
        EXPECT_NE(reader.error().hint.find("\"id\", \"Order No\""), std::string::npos);
    }
}

TEST(Csv, a_header_with_a_quote_that_never_closes_is_refused) {
    EXPECT_EQ(read_all("a,\"b\n1,2\n", "x.csv"), (Records{"capture.unclosed_header"}));
}

TEST(Csv, a_first_line_may_say_the_delimiter) {
    const Records row = {"3:{\"a,x\":\"1,5\",\"b\":\"2\"}"};
    for (const std::string said : {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\n"})
        EXPECT_EQ(read_all(said + "a,x;b\n1,5;2\n", "x.csv"), row);
    EXPECT_EQ(read_all("sep=\t\na,x\tb\n1,5\t2\n", "x.csv"), row);
    EXPECT_EQ(read_all("sep=;;\na\n", "x.csv").size(), 1U);
}

TEST(Csv, rows_that_bear_a_mark_are_skipped_and_counted) {
    const std::string text = "id,note,amount\n1,Total,5\n2, Sum ,7\n,,5\nTotal\n3,Sum,8\n";
    auto reader = open_records(std::make_unique<TextFile>(text), "x.csv",
                               {.skip_rows = {{{"note", "Sum"}, {"amount", "7"}},
                                              {{"id", "Total"}},
                                              {{"id", ""}},
                                              {{"other", "x"}}}})
                      .value();
    RecordBatch batch;
    ASSERT_TRUE(reader->next(batch).value());
    EXPECT_EQ(batch.records.size(), 2U);
    EXPECT_EQ(batch.skipped, (std::vector<std::int64_t>{3, 4, 5}));
    EXPECT_FALSE(reader->next(batch).value());
}

TEST(Csv, empty_files_have_no_records) {
    EXPECT_EQ(read_all("", "x.csv"), Records{});
    EXPECT_EQ(read_all("a,b\n", "x.csv"), Records{});
    EXPECT_EQ(read_all("", "x.json"), Records{});
}

TEST(Format, files_of_records_are_known_by_their_names) {
    EXPECT_TRUE(is_record_file("folder/orders.csv"));
    EXPECT_TRUE(is_record_file("orders.ndjson.zst"));
    EXPECT_FALSE(is_record_file("folder/license.md"));
    EXPECT_FALSE(is_record_file("csv"));
}

TEST(Format, a_byte_order_mark_before_the_first_record_is_none_of_its_bytes) {
    const std::string mark = "\xEF\xBB\xBF";
    EXPECT_EQ(read_all(mark + "{\"id\":1}\n{\"id\":2}\n", "x.ndjson"),
              (Records{"1:{\"id\":1}", "2:{\"id\":2}"}));
    EXPECT_EQ(read_all(mark + "[{\"id\":1}]", "x.json"), Records{"1:{\"id\":1}"});
    // Where files were appended to each other one stands between records: the record has it.
    EXPECT_EQ(read_all("{\"id\":1}\n" + mark + "{\"id\":2}\n", "x.ndjson"),
              (Records{"1:{\"id\":1}", "2:" + mark + "{\"id\":2}"}));
}

TEST(Format, an_archive_of_files_is_no_table) {
    auto reader = open_records(
        std::make_unique<TextFile>(std::string("PK\x03\x04\x14\0\0\0\b\0", 10) + "\xB4\xFF\n"),
        "orders.zip", {.columns = {"id"}});
    ASSERT_FALSE(reader.ok());
    EXPECT_EQ(reader.error().code, "capture.invalid_utf8");
}

TEST(Format, utf16_is_refused) {
    EXPECT_EQ(read_all("\xFF\xFE"
                       "a",
                       "x.csv"),
              (Records{"capture.utf16"}));
}

}  // namespace
}  // namespace meshline
