// Goal: figures and publications have one form each, and damaged figures are refused.
// Method: the bytes of one case, random round trips, and every way to spoil the form.
#include "core/model/publication.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

Figure figure(std::string currency, std::string dimension, std::string member,
              std::string_view amount) {
    return {std::move(currency), std::move(dimension), std::move(member),
            Decimal::parse(amount, Rounding::exact).value()};
}

Publication publication() {
    return {.sequence = 12,
            .client = ClientId("acme"),
            .metric = "net_sales",
            .period = BusinessDate::parse("2026-03-01").value(),
            .through = BusinessDate::parse("2026-03-01").value(),
            .version = 2,
            .state = PublicationState::restated,
            .reason = "order \"1001\" was refunded",
            .log_position = 42,
            .log_root = sha256("log"),
            .definitions_digest = sha256("definitions"),
            .checks_digest = sha256("checks"),
            .result_digest = sha256("result"),
            .published_at = {1'772'357'400'000'000},
            .run = RunId("run_1")};
}

TEST(Figures, encode_sorted_one_array_a_line) {
    EXPECT_EQ(
        encode_figures({figure("USD", "channel", "web", "12.50"), figure("EUR", "", "", "-3"),
                        figure("USD", "", "", "12.5"), figure("", "channel", "a \"b\"\n", "0")}),
        "[\"\",\"channel\",\"a \\\"b\\\"\\n\",\"0\"]\n"
        "[\"EUR\",\"\",\"\",\"-3\"]\n"
        "[\"USD\",\"\",\"\",\"12.5\"]\n"
        "[\"USD\",\"channel\",\"web\",\"12.5\"]\n");
    EXPECT_EQ(encode_figures({}), "");
}

TEST(Figures, decode_to_what_was_encoded) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Figure> figures;
        const int count = *rc::gen::inRange(0, 8);
        for (int index = 0; index < count; ++index) {
            // Letters, a quote, an escape and a line end: all that a member may be made of.
            const auto text = *rc::gen::container<std::string>(
                rc::gen::element('a', 'b', '"', '\\', '\n', ' ', '\x01'));
            const auto micros =
                *rc::gen::inRange<std::int64_t>(-Decimal::micros_max, Decimal::micros_max + 1);
            figures.push_back({*rc::gen::element<std::string>("USD", "EUR", ""), "channel", text,
                               Decimal::from_micros(micros).value()});
        }
        const Result<std::vector<Figure>> decoded = decode_figures(encode_figures(figures));
        RC_ASSERT(decoded.ok());
        std::ranges::sort(figures);
        RC_ASSERT((*decoded == figures));
    }));
}

TEST(Figures, refuse_every_other_form) {
    const std::string good =
        encode_figures({figure("EUR", "", "", "1"), figure("USD", "", "", "2")});
    ASSERT_TRUE(decode_figures(good).ok());
    for (const std::string& bad :
         {good.substr(0, good.size() - 1), good.substr(0, good.size() - 2), good + "\n",
          std::string("[\"USD\",\"\",\"\",\"2\"]\n[\"EUR\",\"\",\"\",\"1\"]\n"),
          std::string("[\"USD\", \"\",\"\",\"2\"]\n"), std::string("[\"USD\",\"\",\"\",\"2.0\"]\n"),
          std::string("[\"USD\",\"\",\"\",2]\n"), std::string("[\"USD\",\"\",\"\",\"two\"]\n"),
          std::string("[\"USD\",\"\",\"2\"]\n"), std::string("{}\n"), std::string("x"),
          std::string("[[],\"\",\"\",\"2\"]\n")}) {
        const auto decoded = decode_figures(bad);
        ASSERT_FALSE(decoded.ok()) << bad;
        EXPECT_EQ(decoded.error().code, "publication.bad_figures");
        EXPECT_EQ(decoded.error().kind, ErrorKind::corrupt);
    }
}

TEST(AuditLeaf, is_every_field_but_the_sequence_sorted_by_name) {
    const std::string expected =
        "{\"checks_digest\":\"" + sha256("checks").hex() +
        "\",\"client\":\"acme\",\"definitions_digest\":\"" + sha256("definitions").hex() +
        "\",\"log_position\":42,\"log_root\":\"" + sha256("log").hex() +
        "\",\"metric\":\"net_sales\",\"period\":\"2026-03-01\""
        ",\"published_at\":\"2026-03-01T09:30:00Z\""
        ",\"reason\":\"order \\\"1001\\\" was refunded\",\"result_digest\":\"" +
        sha256("result").hex() + "\",\"run\":\"run_1\",\"state\":\"restated\",\"version\":2}";
    EXPECT_EQ(encode_audit_leaf(publication()), expected);
    Publication stored = publication();
    stored.sequence = 99;
    EXPECT_EQ(encode_audit_leaf(stored), expected);
}

TEST(AuditLeaf, changes_with_the_state_and_the_version) {
    Publication changed = publication();
    changed.state = PublicationState::held;
    EXPECT_NE(encode_audit_leaf(changed), encode_audit_leaf(publication()));
    changed = publication();
    ++changed.version;
    EXPECT_NE(encode_audit_leaf(changed), encode_audit_leaf(publication()));
}

/// A few keys, so that changes meet figures that are there and figures that are not.
std::map<std::string, Figure> generate_figures() {
    std::map<std::string, Figure> figures;
    const int count = *rc::gen::inRange(0, 12);
    for (int index = 0; index < count; ++index) {
        Figure made{*rc::gen::element<std::string>("USD", "EUR"),
                    *rc::gen::element<std::string>("", "channel"),
                    *rc::gen::element<std::string>("", "web", "w\"b", "we\nb"),
                    Decimal::from_micros(*rc::gen::inRange(-9, 9)).value()};
        figures.insert_or_assign(made.currency + "|" + made.dimension + "|" + made.member, made);
    }
    return figures;
}

TEST(Figures, changed_figures_are_those_that_were_encoded_with_the_changes) {
    EXPECT_TRUE(rc::check([] {
        std::map<std::string, Figure> figures = generate_figures();
        std::vector<Figure> before;
        for (const auto& [key, figure] : figures)
            before.push_back(figure);
        std::vector<FigureChange> changes;
        for (const auto& [key, figure] : generate_figures()) {
            changes.push_back({figure, *rc::gen::arbitrary<bool>()});
            figures.erase(key);
            if (changes.back().is_there) figures.emplace(key, figure);
        }
        std::vector<Figure> after;
        for (const auto& [key, figure] : figures)
            after.push_back(figure);
        const auto changed = change_figures(encode_figures(before), changes);
        RC_ASSERT(changed.ok());
        RC_ASSERT(*changed == encode_figures(after));
    }));
    EXPECT_EQ(change_figures("[1]\n", {}).error().code, "publication.bad_figures");
    EXPECT_EQ(change_figures("[\"a\",\"b\",\"c\",\"1\"]", {}).error().code,
              "publication.bad_figures");
}

TEST(Figures, the_total_is_read_without_the_parts) {
    const std::string bytes = encode_figures({{"EUR", "", "", *Decimal::from_micros(7'000'000)},
                                              {"USD", "", "", *Decimal::from_micros(12'500'000)},
                                              {"USD", "channel", "", *Decimal::from_micros(1)}});
    EXPECT_EQ(total_of_figures(bytes, "USD").value()->text(), "12.5");
    EXPECT_EQ(total_of_figures(bytes, "GBP").value(), std::nullopt);
    EXPECT_EQ(total_of_figures("", "USD").value(), std::nullopt);
    EXPECT_EQ(total_of_figures("[\"USD\",\"\",\"\",\"x\"]\n", "USD").error().code,
              "publication.bad_figures");
}

}  // namespace
}  // namespace meshline
