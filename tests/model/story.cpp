#include "model/story.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>
#include <rapidcheck.h>
#include <set>

namespace meshline {
namespace {

constexpr const char* streams[] = {"orders",  "returns", "charges",
                                   "payouts", "touches", "contacts"};

template <class T>
T one_of(const std::vector<T>& values) {
    return values[*rc::gen::inRange<std::size_t>(0, values.size())];
}

bool is_rare() {
    return *rc::gen::inRange(0, 6) == 0;
}

std::string amount_text(std::int64_t cents) {
    return fmt::format("{}.{:02}", cents / 100, cents % 100);
}

/// Days 1, 8 and 5, 12 are a lookback apart; 23:00 UTC begins a day in Berlin.
int generate_minute() {
    const int day = one_of<int>({1, 2, 4, 5, 6, 8, 10, 12});
    const int of_day = one_of<int>({0, 10 * 60, 10 * 60 + 1, 22 * 60 + 59, 23 * 60});
    return (day - 1) * 24 * 60 + of_day;
}

/// A few cents apart, as the tolerance is; and on both sides of what the checks let pass.
std::int64_t generate_cents() {
    return one_of<std::int64_t>(
        {0, 10'000, 10'005, 10'006, 9'995, 30'000, 30'001, 20'000, 50'000, 50'001, 90'000});
}

Fact generate_fact() {
    Fact fact;
    constexpr std::size_t often[] = {0, 0, 0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 5};
    fact.stream = streams[often[*rc::gen::inRange<std::size_t>(0, std::size(often))]];
    fact.id = *rc::gen::inRange(1, 5);
    fact.revision = one_of<int>({1, 2, 9, 10, 11, 100});
    fact.minute = generate_minute();
    fact.cents = generate_cents();
    if (is_rare()) fact.discount_cents = one_of<std::int64_t>({5, 6, 10'000});
    fact.quantity = *rc::gen::inRange(0, 4);
    // Orders share a number now and then; a return, a charge or a touch may name none.
    fact.order = fmt::format(
        "o{}", fact.stream == "orders" && !is_rare() ? fact.id : *rc::gen::inRange(1, 5));
    if (fact.stream != "orders" && is_rare()) fact.order.clear();
    fact.customer = one_of<std::string>({"", "c1", "c1", "c2", "c3"});
    fact.email = one_of<std::string>({"", "eva@example.test", " Eva@Example.test"});
    fact.product = one_of<std::string>({"", "p1", "p2"});
    fact.payout = one_of<std::string>({"", "y1", "y2"});
    fact.campaign = one_of<std::string>({"", "spring", " Spring "});
    fact.medium = one_of<std::string>({"", "cpc", "CPC ", "email", "other"});
    if (is_rare()) fact.note = one_of<std::string>({"abc", "abcd", "abcdefgh", "abcdefghi"});
    return fact;
}

/// What an id and revision stand for is the same wherever it comes: of two payloads of one revision
/// nobody can say which is later.
std::vector<Fact> generate_facts() {
    std::vector<Fact> facts;
    std::set<std::tuple<std::string, int, int>> seen;
    const int count = *rc::gen::inRange(10, 50);
    for (int index = 0; index < count; ++index) {
        Fact fact = generate_fact();
        if (has_revisions(fact.stream) && !seen.emplace(fact.stream, fact.id, fact.revision).second)
            continue;
        facts.push_back(std::move(fact));
    }
    return facts;
}

Act generate_capture(const std::vector<Fact>& facts, int day) {
    Act act;
    act.kind = ActKind::capture;
    act.day = day;
    act.stream = streams[*rc::gen::inRange<std::size_t>(0, std::size(streams))];
    for (std::size_t place = 0; place < facts.size(); ++place) {
        if (facts[place].stream == act.stream && *rc::gen::inRange(0, 4) != 0)
            act.facts.push_back(place);
    }
    if (*rc::gen::arbitrary<bool>()) std::ranges::reverse(act.facts);
    return act;
}

Act generate_run() {
    Act act;
    if (!is_rare()) return act;
    if (*rc::gen::arbitrary<bool>()) act.from = *rc::gen::inRange(1, 10);
    act.to = act.from.value_or(1) + *rc::gen::inRange(0, 8);
    return act;
}

}  // namespace

std::string Fact::json() const {
    const int day = minute / (24 * 60);
    std::string text = fmt::format(
        R"({{"id":"{}","revision":{},"at":"2026-03-{:02}T{:02}:{:02}:00Z","amount":"{}",)"
        R"("discount":"{}","quantity":{})",
        id, revision, day + 1, minute / 60 % 24, minute % 60, amount_text(cents),
        amount_text(discount_cents), quantity);
    const std::pair<const char*, const std::string&> texts[] = {
        {"order", order},   {"customer", customer}, {"email", email},   {"product", product},
        {"payout", payout}, {"campaign", campaign}, {"medium", medium}, {"note", note}};
    for (const auto& [name, value] : texts) {
        if (!value.empty()) text += fmt::format(R"(,"{}":"{}")", name, value);
    }
    return text + "}";
}

bool has_revisions(const std::string& stream) {
    return stream != "returns" && stream != "payouts";
}

Story generate_story() {
    Story story;
    story.facts = generate_facts();
    story.events_per_batch = one_of<std::size_t>({1, 2, 5, 4096});
    story.rows_per_commit = one_of<std::int64_t>({1, 3, 250'000});
    int day = 10;
    std::size_t captures = 0;
    std::set<std::size_t> retracted;
    const int count = *rc::gen::inRange(2, 12);
    for (int index = 0; index < count; ++index) {
        const int kind = *rc::gen::inRange(0, 12);
        if (kind == 0 && captures > 0) {
            const auto capture = *rc::gen::inRange<std::size_t>(0, captures);
            if (!retracted.insert(capture).second) continue;
            Act& act = story.acts.emplace_back();
            act.kind = ActKind::retract;
            act.capture = capture;
        } else if (kind == 1) {
            story.acts.emplace_back().kind = ActKind::widen;
        } else if (kind < 4) {
            story.acts.push_back(generate_run());
        } else {
            day += *rc::gen::inRange(0, 3);
            story.acts.push_back(generate_capture(story.facts, day));
            ++captures;
        }
    }
    story.acts.emplace_back();
    return story;
}

std::ostream& operator<<(std::ostream& out, const Story& story) {
    out << "events per batch " << story.events_per_batch << ", rows per commit "
        << story.rows_per_commit << "\n";
    for (const Act& act : story.acts) {
        switch (act.kind) {
            case ActKind::capture:
                out << "capture " << act.stream << " on " << act.day << "\n";
                for (const std::size_t place : act.facts)
                    out << "  " << story.facts[place].json() << "\n";
                break;
            case ActKind::retract:
                out << "retract capture " << act.capture << "\n";
                break;
            case ActKind::widen:
                out << "widen the contract\n";
                break;
            case ActKind::run:
                out << "run " << act.from.value_or(0) << " to " << act.to.value_or(0) << "\n";
                break;
        }
    }
    return out;
}

}  // namespace meshline
