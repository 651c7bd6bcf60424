// Goal: every row of the labelled reconciliation ends as the README of examples/bank_vs_ledger
// says, with the label never an input. Method: the labels are read from the files after the
// reconciliation has run, and label, outcome and reason are counted; rows that differ from their
// label are named one by one.

#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "drivers/files/disk_files.hpp"
#include "packs/example_run.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/reconcile/reconcile.hpp"

#include <algorithm>
#include <map>
#include <sstream>

namespace meshline {
namespace {

class BankVsLedger : public ExampleRun {
  protected:
    void SetUp() override {
        open("bank_vs_ledger", "reconciliation/labelled/context-02-bank-statement-vs-ledger/data");
        if (!run_) return;
        EXPECT_EQ(capture("treasury", "ledger", "postings", {"midaz-ledger-export.json"}).events,
                  1000);
        EXPECT_EQ(capture("treasury", "bank", "statement", {"bank-statement.csv"}).events, 1000);
        EXPECT_EQ(
            capture("treasury", "adjustments", "adjustments", {"bank-adjustments.csv"}).events,
            1000);
        run(make_normalize(), "treasury");
        run(make_reconcile(), "treasury");
        EXPECT_TRUE(run_->show_matches("treasury").ok());
    }

    std::string read(const std::string& file) {
        auto text = DiskFiles().read_text(data_ + file);
        EXPECT_TRUE(text.ok());
        return text.ok() ? *text : "";
    }

    /// Id (first column) to label (last column); the files have no quoted fields.
    std::map<std::string, std::string> csv_labels(const std::string& file) {
        std::map<std::string, std::string> labels;
        std::istringstream text(read(file));
        for (std::string line; std::getline(text, line);) {
            const auto fields = split(trim(line), ',');
            labels.emplace(fields.front(), fields.back());
        }
        return labels;
    }

    std::map<std::string, std::string> ledger_labels() {
        std::map<std::string, std::string> labels;
        const std::string text = read("midaz-ledger-export.json");
        JsonDocument document;
        const auto root = document.parse(text);
        EXPECT_TRUE(root.ok());
        if (!root.ok()) return labels;
        JsonValue posting = root->first();
        for (std::size_t index = 0; index < root->size(); ++index) {
            if (index > 0) posting = posting.next();
            labels.emplace(posting.find("ledger_entry_id")->text(),
                           posting.find("scenario")->text());
        }
        return labels;
    }

    /// "label outcome reason-or-rule: count" for the items of one side.
    std::map<std::string, int> outcomes_by_label(const std::string& reconciliation,
                                                 const std::string& side,
                                                 const std::map<std::string, std::string>& labels) {
        const auto rows = run_->query(
            "select item_id, outcome,"
            " case when reason = '' then rule else reason end"
            " from match_items where reconciliation = '" +
            reconciliation + "' and side = '" + side + "'");
        EXPECT_TRUE(rows.ok());
        std::map<std::string, int> counts;
        if (!rows.ok()) return counts;
        for (std::size_t row = 0; row < rows->rows.size(); ++row) {
            const auto label = labels.find(std::string(rows->text(row, 0)));
            EXPECT_NE(label, labels.end()) << rows->text(row, 0);
            if (label == labels.end()) continue;
            ++counts[label->second + " " + std::string(rows->text(row, 1)) + " " +
                     std::string(rows->text(row, 2))];
        }
        return counts;
    }
};

using Counts = std::map<std::string, int>;

TEST_F(BankVsLedger, postings_end_as_their_label_says_or_as_the_readme_explains) {
    EXPECT_EQ(outcomes_by_label("ledger_to_bank", "left", ledger_labels()),
              (Counts{{"ledger_bank_candidate matched by_end_to_end_id", 741},
                      {"ledger_bank_candidate matched by_reference_and_amount", 9},
                      {"ledger_bank_candidate break amount_difference", 10},
                      {"ledger_bank_candidate break missing_right", 100},
                      {"ledger_only break missing_right", 120},
                      {"missing_e2e_uses_reference_fallback break missing_right", 20}}));
}

TEST_F(BankVsLedger, statement_lines_end_as_their_label_says_or_as_the_readme_explains) {
    EXPECT_EQ(outcomes_by_label("ledger_to_bank", "right", csv_labels("bank-statement.csv")),
              (Counts{{"bank_statement_match_candidate matched by_end_to_end_id", 719},
                      {"bank_statement_match_candidate break duplicate_right", 3},
                      {"amount_tolerance_candidate matched by_end_to_end_id", 17},
                      {"amount_tolerance_candidate break duplicate_right", 1},
                      {"amount_mismatch_outside_tolerance break amount_difference", 10},
                      {"amount_mismatch_outside_tolerance break duplicate_right", 1},
                      {"missing_e2e_uses_reference_fallback matched by_reference_and_amount", 9},
                      {"duplicate_bank_line break duplicate_right", 25},
                      {"duplicate_bank_line matched by_end_to_end_id", 5},
                      {"bank_only_unmatched break missing_left", 160},
                      {"bank_fee_only break missing_left", 50}}));
}

TEST_F(BankVsLedger, the_better_of_two_lines_is_matched_whatever_it_is_labelled) {
    EXPECT_EQ(lines("select item_id from match_items where reconciliation = 'ledger_to_bank'"
                    " and side = 'right' and outcome = 'matched'"
                    " and item_id between 'BNK-C02-000761' and 'BNK-C02-000790'"
                    " order by item_id"),
              (Lines{"BNK-C02-000762", "BNK-C02-000764", "BNK-C02-000773", "BNK-C02-000775",
                     "BNK-C02-000784"}));
}

TEST_F(BankVsLedger, adjustments_are_suggested_for_the_line_they_name) {
    EXPECT_EQ(outcomes_by_label("adjustments_to_bank", "left", csv_labels("bank-adjustments.csv")),
              (Counts{{"adjustment_links_to_ledger_and_bank suggested by_reference", 500},
                      {"adjustment_only_unmatched break missing_right", 350},
                      {"bank_fee_adjustment suggested by_reference", 134},
                      {"bank_fee_adjustment break missing_right", 16}}));
}

TEST_F(BankVsLedger, no_definition_and_no_stored_fact_knows_the_label) {
    EXPECT_EQ(lines("select count(*) from entries where attributes like '%scenario%'"
                    " or attributes like '%candidate%'"),
              (Lines{"0"}));
}

}  // namespace
}  // namespace meshline
