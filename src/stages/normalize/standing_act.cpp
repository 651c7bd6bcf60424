#include "stages/normalize/standing_act.hpp"

#include "base/text/text.hpp"
#include "stages/normalize/claims.hpp"
#include "stages/normalize/commit.hpp"
#include "stages/normalize/decide_standing.hpp"
#include "stages/normalize/rejected.hpp"
#include "stages/normalize/rerun.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <span>

namespace meshline {
namespace {

using TextRow = std::vector<std::optional<std::string>>;

/// Everything that retractions and coverages ever took back, whether it fell or not.
Result<PositionSet> ever_taken_back(const std::vector<ReservedEvent>& events, Position head) {
    MESHLINE_ASSIGN(const CaptureHistory history, CaptureHistory::of(events, head));
    PositionSet taken;
    for (const RetractionAct& act : history.retractions()) {
        taken.add(act.retraction.positions);
        const Capture* capture = history.find_capture(act.retraction.capture);
        if (capture == nullptr) continue;
        taken.add(history.brought_by(*capture));
        taken.add(capture->record.found);
    }
    for (const Capture& capture : history.captures()) {
        if (capture.record.coverage) taken.add(capture.record.coverage->all_taken());
    }
    return taken;
}

/// One act on its way into the warehouse.
class StandingAct {
  public:
    StandingAct(StageContext& context, CaptureHistory before, CaptureHistory after, Position at)
        : context_(context),
          client_(quote_literal(context.client.id.text())),
          before_(std::move(before)),
          after_(std::move(after)),
          at_(at) {}

    Result<void> take_up(const PositionSet& acts, const std::string& definitions) {
        const PositionSet changed = changed_standing(before_, after_).without(acts);
        MESHLINE_TRY(add_contenders(changed));
        MESHLINE_TRY(add_rivals(changed));
        const StandingChange change = decide_standing(contenders_);
        return context_.warehouse.transact([&]() -> Result<void> {
            MESHLINE_TRY(forget_rejections());
            MESHLINE_TRY(write_facts(change));
            MESHLINE_TRY(write_rejections(change));
            MESHLINE_TRY(write_counts(change));
            MESHLINE_TRY(write_standing(changed));
            return move_on(definitions);
        });
    }

  private:
    Result<void> execute(std::string_view sql) { return context_.warehouse.execute(sql); }

    std::optional<Membership> membership(const CaptureHistory& history, const Event& event) const {
        const Standing* standing = history.standing_at(event.position);
        if (standing == nullptr) return std::nullopt;
        if (const Capture* found_by = history.found_by(event.position))
            return Membership{found_by->opened, found_by->opened, found_by->opened_at};
        return Membership{event.position, history.capture_of(event.position), event.received_at};
    }

    void add_contender(const Event& event) {
        const SourceDefinition* source = context_.client.find(event.source);
        const StreamDefinition* stream = source ? source->pack->find(event.stream) : nullptr;
        Contender& one = contenders_.emplace_back();
        one.position = event.position;
        one.source = event.source;
        one.stream = event.stream;
        one.event_id = event.event_id;
        one.object_id = event.object_id;
        one.has_revisions = stream != nullptr && stream->identity.has_revisions();
        one.business_on = context_.client.calendar.business_on(event.occurred_at);
        one.before = membership(before_, event);
        one.after = membership(after_, event);
        is_first_[event.position] = event.outcome == Outcome::added;
    }

    Result<void> add_contenders(const PositionSet& positions) {
        return read_events(context_, positions, [this](const Event& event) -> Result<void> {
            add_contender(event);
            return {};
        });
    }

    /// Adds the events that share an object or an identity with those whose standing changes, and
    /// what the warehouse knows of all.
    Result<void> add_rivals(const PositionSet& changed) {
        MESHLINE_TRY(
            execute("create or replace temp table changed_events (position ubigint,"
                    " source varchar, stream varchar, event_id varchar,"
                    " object_id varchar)"));
        std::vector<TextRow> rows;
        for (const Contender& one : contenders_) {
            rows.push_back({std::to_string(one.position), one.source, one.stream, one.event_id,
                            one.object_id});
        }
        MESHLINE_TRY(context_.warehouse.append("changed_events", rows));
        MESHLINE_ASSIGN(
            const Rows revisions,
            context_.warehouse.query(fmt::format(
                "select position, revision, business_on from revisions where client_id = {}"
                " and (source, stream, object_id) in"
                " (select (source, stream, object_id) from changed_events) order by position",
                client_)));
        MESHLINE_ASSIGN(
            const Rows claims,
            context_.warehouse.query(fmt::format(
                "select position from identity_claims where client_id = {}"
                " and (source, stream, event_id) in"
                " (select (source, stream, event_id) from changed_events) order by position",
                client_)));
        PositionSet rivals;
        for (const Rows* found : {&revisions, &claims}) {
            for (std::size_t row = 0; row < found->rows.size(); ++row)
                rivals.add(static_cast<Position>(found->integer(row, 0)));
        }
        MESHLINE_TRY(add_contenders(rivals.without(changed)));
        std::map<Position, std::size_t> revision_at;
        for (std::size_t row = 0; row < revisions.rows.size(); ++row)
            revision_at[static_cast<Position>(revisions.integer(row, 0))] = row;
        MESHLINE_ASSIGN(const std::set<Position> booked, booked_positions());
        for (Contender& one : contenders_) {
            const auto revision = revision_at.find(one.position);
            if (revision != revision_at.end()) {
                one.revision = revisions.text(revision->second, 1);
                // A failed event that was taken up is of the day that its record names.
                MESHLINE_ASSIGN(one.business_on,
                                BusinessDate::parse(revisions.text(revision->second, 2)));
            }
            one.is_accepted =
                one.has_revisions ? revision != revision_at.end() : booked.contains(one.position);
        }
        add_unknown_holders();
        return {};
    }

    /// Contenders that have facts, standing or not.
    Result<std::set<Position>> booked_positions() {
        MESHLINE_TRY(put_positions("contending", [](const Contender&) { return true; }));
        MESHLINE_ASSIGN(const Rows rows,
                        context_.warehouse.query(fmt::format(
                            "select distinct position from ("
                            " select position from entries where client_id = {0} and sign = 1"
                            "  union all"
                            " select position from touchpoints where client_id = {0} union all"
                            " select position from records where client_id = {0})"
                            " where position in (from contending)",
                            client_)));
        std::set<Position> booked;
        for (std::size_t row = 0; row < rows.rows.size(); ++row)
            booked.insert(static_cast<Position>(rows.integer(row, 0)));
        return booked;
    }

    /// Who had an identity first and was never taken back is no contender of this act, but goes
    /// before all others.
    void add_unknown_holders() {
        std::map<std::tuple<std::string, std::string, std::string>, bool> has_first;
        for (const Contender& one : contenders_) {
            if (one.has_revisions) continue;
            bool& has = has_first[{one.source, one.stream, one.event_id}];
            has = has || is_first_[one.position];
        }
        for (const auto& [identity, has] : has_first) {
            if (has) continue;
            Contender& holder = contenders_.emplace_back();
            std::tie(holder.source, holder.stream, holder.event_id) = identity;
            holder.before = holder.after = Membership{};
        }
    }

    /// A temporary table of the positions of some contenders.
    template <class Wanted>
    Result<void> put_positions(const std::string& table, Wanted is_wanted) {
        MESHLINE_TRY(
            execute(fmt::format("create or replace temp table {} (position ubigint)", table)));
        std::vector<TextRow> rows;
        for (const Contender& one : contenders_) {
            if (one.position > 0 && is_wanted(one)) rows.push_back({std::to_string(one.position)});
        }
        return context_.warehouse.append(table, rows);
    }

    static bool is_in(const std::vector<Position>& ordered, Position position) {
        return std::ranges::binary_search(ordered, position);
    }

    /// Negates what leaves and books again what enters, at the position of the act. Its own event
    /// has no facts, so no row there is anybody's state: they only make the sums right.
    Result<void> write_facts(const StandingChange& change) {
        PositionSet unbooked;
        for (const Contender& one : contenders_) {
            if (is_in(change.enter, one.position) && !one.is_accepted) unbooked.add(one.position);
        }
        MESHLINE_TRY(put_positions(
            "leaving", [&](const Contender& one) { return is_in(change.leave, one.position); }));
        MESHLINE_TRY(put_positions(
            "entering", [&](const Contender& one) { return is_in(change.enter, one.position); }));
        MESHLINE_TRY(execute(fmt::format(
            "insert into supersessions select {}, position, {} from leaving", client_, at_)));
        MESHLINE_TRY(negate("leaving", std::to_string(at_)));
        MESHLINE_ASSIGN(NormalizedBatch became, rerun(context_, after_, unbooked));
        became.days.clear();
        MESHLINE_TRY(write_batch(context_, became));
        admitted_ = unbooked;
        for (const Rejected& one : became.rejected)
            admitted_ = admitted_.without(PositionSet(one.position, one.position));
        // Facts that were never booked are, at their own place and with their negation.
        MESHLINE_TRY(put_positions(
            "unbooked", [&](const Contender& one) { return unbooked.contains(one.position); }));
        MESHLINE_TRY(negate("unbooked", "e.position"));
        MESHLINE_TRY(execute(fmt::format(
            "insert into entries select e.* replace ({}::ubigint as position) from entries e"
            " where e.client_id = {} and e.sign = 1 and e.position in (from entering)",
            at_, client_)));
        MESHLINE_TRY(execute(fmt::format(
            "delete from supersessions where client_id = {} and position in (from entering)",
            client_)));
        return execute(
            fmt::format("insert into supersessions values ({}, {}, {})", client_, at_, at_));
    }

    Result<void> negate(const std::string& positions, const std::string& where) {
        return execute(fmt::format(
            "insert into entries select e.* replace ({}::ubigint as position,"
            " -1::tinyint as sign, -e.amount as amount, -e.quantity as quantity) from entries e"
            " where e.client_id = {} and e.sign = 1 and e.position in (from {})",
            where, client_, positions));
    }

    /// What the contenders were rejected for is judged anew.
    Result<void> forget_rejections() {
        MESHLINE_TRY(put_positions("contending", [](const Contender&) { return true; }));
        return execute(fmt::format(
            "delete from rejected_events where client_id = {} and position in (from contending)",
            client_));
    }

    /// What entered has been judged with its facts.
    Result<void> write_rejections(const StandingChange& change) {
        PositionSet unaccepted;
        PositionSet refused;
        for (const Contender& one : contenders_) {
            if (one.position == 0 || !one.after) continue;
            if (is_in(change.refused, one.position)) {
                refused.add(one.position);
            } else if (!one.is_accepted && !is_in(change.enter, one.position)) {
                unaccepted.add(one.position);
            }
        }
        MESHLINE_ASSIGN(NormalizedBatch became, rerun(context_, after_, unaccepted));
        became.days.clear();
        MESHLINE_TRY(read_events(context_, refused, [&](const Event& event) -> Result<void> {
            became.rejected.push_back(refuse(as_received(after_, event), context_.client));
            return {};
        }));
        return write_batch(context_, became);
    }

    Result<void> write_counts(const StandingChange& change) {
        NormalizedBatch counted;
        counted.last = at_;
        counted.days = change.days;
        // What became facts only now could not be counted when standing was decided.
        for (const Contender& one : contenders_) {
            if (!admitted_.contains(one.position)) continue;
            DayCount& count = counted.days[{one.source, one.stream, one.business_on,
                                            one.after->received_at, one.after->capture}];
            ++count.events;
            ++count.records;
        }
        std::string retracted;
        for (const Capture& capture : after_.captures()) {
            const Capture* was = before_.find_capture(capture.id);
            if (capture.is_retracted) retracted += fmt::format(", {}", capture.opened);
            const bool is_back = was != nullptr && was->is_retracted && !capture.is_retracted;
            if (!is_back) continue;
            counted.days.try_emplace({capture.stream.source, capture.stream.stream,
                                      context_.client.calendar.business_on(capture.opened_at),
                                      capture.opened_at, capture.opened});
        }
        MESHLINE_TRY(write_batch(context_, counted));
        // A capture that was taken back received nothing. What its records took off the counts of
        // others, and what was given back to those, cancel out where neither has a receipt.
        MESHLINE_TRY(execute(fmt::format(
            "create or replace temp table counted as"
            " with moved as (select * replace ("
            "   case when capture_position in (-1{1}) then timestamp '1970-01-01'"
            "    else received_at end as received_at,"
            "   case when capture_position in (-1{1}) then 0 else capture_position end"
            "    as capture_position) from event_counts where client_id = {0})"
            " select client_id, max(position) as position, source, stream, business_on,"
            "  sum(event_count)::bigint as event_count, sum(record_count)::bigint as record_count,"
            "  received_at, capture_position from moved"
            " group by client_id, source, stream, business_on, received_at, capture_position"
            " having sum(event_count) <> 0 or sum(record_count) <> 0"
            "  or (min(record_count) >= 0 and received_at > timestamp '1970-01-01')",
            client_, retracted)));
        MESHLINE_TRY(execute("delete from event_counts where client_id = " + client_));
        return execute("insert into event_counts from counted");
    }

    Result<void> write_standing(const PositionSet& changed) {
        MESHLINE_TRY(put_positions("contending", [](const Contender&) { return true; }));
        MESHLINE_TRY(put_positions("fallen", [&](const Contender& one) {
            return changed.contains(one.position) && !one.after;
        }));
        MESHLINE_TRY(execute(fmt::format(
            "delete from not_standing where client_id = {} and position in (from contending)"
            " and position not in (from fallen)",
            client_)));
        MESHLINE_TRY(execute(fmt::format(
            "insert into not_standing select {0}, position from fallen where position not in"
            " (select position from not_standing where client_id = {0})",
            client_)));
        MESHLINE_TRY(
            execute(fmt::format("insert into not_standing values ({}, {})", client_, at_)));
        MESHLINE_TRY(execute(fmt::format(
            "delete from identity_claims where client_id = {} and position in (from contending)",
            client_)));
        std::vector<TextRow> rows;
        for (const Contender& one : contenders_) {
            if (one.position == 0) continue;
            const auto first = is_first_.find(one.position);
            rows.push_back({context_.client.id.text(), one.source, one.stream, one.event_id,
                            std::to_string(one.position), first->second ? "true" : "false"});
        }
        return context_.warehouse.append("identity_claims", rows);
    }

    Result<void> move_on(const std::string& definitions) {
        // The days on which streams wrote entries are found anew: what fell wrote none.
        MESHLINE_TRY(execute(fmt::format(
            "delete from watermarks where client_id = {} and stage in ('normalize', 'entry_days')",
            client_)));
        return execute(fmt::format("insert into watermarks values ({}, 'normalize', {}, {})",
                                   client_, at_, quote_literal(definitions)));
    }

    StageContext& context_;
    const std::string client_;
    const CaptureHistory before_;
    const CaptureHistory after_;
    const Position at_;
    std::vector<Contender> contenders_;
    std::map<Position, bool> is_first_;
    PositionSet admitted_;  ///< What entered and became facts only now.
};

}  // namespace

Result<std::vector<Position>> standing_acts(const std::vector<ReservedEvent>& events, Position from,
                                            Position head) {
    std::vector<Position> acts;
    MESHLINE_ASSIGN(const PositionSet taken, ever_taken_back(events, head));
    for (const ReservedEvent& event : events) {
        if (event.position <= from || event.position > head) continue;
        if (is_retraction(event)) acts.push_back(event.position);
        if (!is_closing(event)) continue;
        MESHLINE_ASSIGN(const CaptureClosed closed, decode_closed(event));
        if (closed.coverage && !closed.coverage->all_taken().is_empty()) {
            acts.push_back(event.position);
            continue;
        }
        if (!closed.found.meets(taken)) continue;
        MESHLINE_ASSIGN(const CaptureHistory before,
                        CaptureHistory::of(events, event.position - 1));
        if (closed.found.meets(before.fallen())) acts.push_back(event.position);
    }
    return acts;
}

Result<void> take_up_act(StageContext& context, const std::vector<ReservedEvent>& events,
                         Position at, const std::string& definitions) {
    MESHLINE_ASSIGN(CaptureHistory before, CaptureHistory::of(events, at - 1));
    MESHLINE_ASSIGN(CaptureHistory after, CaptureHistory::of(events, at));
    PositionSet acts;
    for (const ReservedEvent& event : events)
        acts.add(event.position);
    StandingAct act(context, std::move(before), std::move(after), at);
    return act.take_up(acts, definitions);
}

}  // namespace meshline
