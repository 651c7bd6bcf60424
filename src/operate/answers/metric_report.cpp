#include "operate/answers/metric_report.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "operate/answers/report_days.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

std::string span_text(BusinessDate from, BusinessDate to) {
    return from == to ? from.text() : fmt::format("{}/{}", from.text(), to.text());
}

class ReportBuilder {
  public:
    ReportBuilder(ControlStore& control, EventLog& log, MetricReport& report,
                  const ReportQuery& query)
        : control_(control),
          log_(log),
          report_(report),
          query_(query),
          grain_(grain_of(query.by)) {}

    Result<void> build() {
        MESHLINE_ASSIGN(live_,
                        control_.live_publications(report_.client->id, report_.metric->head.name));
        std::erase_if(live_, [](const Publication& act) { return act.says_nothing(); });
        find_report_days(live_, log_, query_, report_);
        if (!report_.from) {
            report_.total_note = why_no_total();
            return {};
        }
        for (const Publication& act : live_) {
            if (act.grain == Grain::day) MESHLINE_TRY(add_days(act));
        }
        if (!is_additive()) MESHLINE_TRY(add_periods());
        for (auto& [key, group] : groups_) {
            // A member's value is one of all days, also of those on which it has no entry.
            if (!grain_ && is_additive()) take_trust_of(whole_, group);
            finish(group);
            report_.figures.push_back(std::move(group.figure));
        }
        if (is_additive() && !whole_.never_known) report_.total = whole_.figure.value;
        if (!report_.total) report_.total_note = why_no_total();
        report_.is_in_other_currencies =
            !query_.currency.empty() && !has_currency_ && !report_.other_currencies.empty();
        return {};
    }

  private:
    /// A day that was held before it ever had a figure. Nobody knows what a sum with it comes to.
    struct NeverKnown {
        BusinessDate day;
        std::string reason;
    };

    /// Days that make one line of the report.
    struct Group {
        ReportedFigure figure;
        int days = 0;
        int days_with_figure = 0;
        int doubtful_days = 0;
        std::string reason;  ///< Of the first of the least trusted days.
        std::map<std::string, int> days_by_reason;
        std::optional<NeverKnown> never_known;
    };

    static void take_trust_of(const Group& days, Group& group) {
        group.figure.state = days.figure.state;
        group.days = days.days;
        group.doubtful_days = days.doubtful_days;
        group.reason = days.reason;
        group.days_by_reason = days.days_by_reason;
        group.never_known = days.never_known;
    }

    std::string why_no_total() const {
        if (!whole_reason_.empty()) return whole_reason_;
        if (is_additive() && whole_.never_known) return why_no_sum(whole_);
        if (whole_.days_with_figure == 0) return "no day of these has a figure";
        return fmt::format("{} does not add up over these days", report_.metric->head.name);
    }

    static std::string why_no_sum(const Group& group) {
        if (!group.never_known) return "";
        return fmt::format("{} was held before it had a figure: {}", group.never_known->day.text(),
                           group.never_known->reason);
    }

    bool is_additive() const { return adds_up(*report_.metric); }

    Result<std::vector<Figure>> figures_of(const Publication& act) {
        MESHLINE_ASSIGN(const std::string bytes, control_.blob(act.result_digest));
        MESHLINE_ASSIGN(auto figures, decode_figures(bytes));
        std::erase_if(figures, [&](const Figure& figure) {
            if (figure.currency == report_.currency) return false;
            report_.other_currencies.insert(figure.currency);
            return true;
        });
        has_currency_ = has_currency_ || !figures.empty();
        return figures;
    }

    Result<void> add_days(const Publication& act) {
        const BusinessDate from = std::max(act.period, *report_.from);
        const BusinessDate to = std::min(act.through, *report_.to);
        if (from > to) return {};
        MESHLINE_ASSIGN(const auto figures, figures_of(act));
        for (BusinessDate day = from; day <= to; ++day.days)
            MESHLINE_TRY(add_day(act, day, figures));
        return {};
    }

    Result<void> add_day(const Publication& act, BusinessDate day,
                         const std::vector<Figure>& figures) {
        // Version 0 has no figure; a later one without any came to nothing.
        std::optional<WideDecimal> value;
        if (act.version > 0) value = WideDecimal();
        for (const Figure& figure : figures) {
            if (figure.dimension.empty()) value = figure.amount;
            if (!grain_ && figure.dimension == query_.by && is_additive()) {
                MESHLINE_TRY(add_value(group_of_member(figure.member), act, day, figure.amount));
            }
        }
        MESHLINE_TRY(add_value(whole_, act, day, value));
        if (!grain_) return {};
        // What does not add up is read from the period's own publication.
        if (*grain_ != Grain::day && !is_additive()) value = std::nullopt;
        return add_value(group_of_period(period_start(*grain_, day)), act, day, value);
    }

    Group& group_of_period(BusinessDate start) {
        Group& group = groups_[{start, ""}];
        group.figure.period = period_text(*grain_, start);
        return group;
    }

    Group& group_of_member(const std::string& member) {
        Group& group = groups_[{BusinessDate(), member}];
        group.figure.period = span_text(*report_.from, *report_.to);
        group.figure.dimensions[query_.by] = member;
        return group;
    }

    Result<void> add_value(Group& group, const Publication& act, BusinessDate day,
                           const std::optional<WideDecimal>& value) {
        ReportedFigure& figure = group.figure;
        const bool is_first = group.days++ == 0;
        if (is_first) figure.first = day;
        figure.last = day;
        if (value) {
            MESHLINE_ASSIGN(figure.value, figure.value.value_or(WideDecimal()).plus(*value));
        }
        const bool is_worse = is_first || trust_of(act.state) < trust_of(figure.state);
        if (is_worse) {
            figure.state = act.state;
            group.reason = act.reason;
        }
        if (!act.reason.empty()) {
            ++group.doubtful_days;
            ++group.days_by_reason[act.reason];
        }
        if (act.version > 0) ++group.days_with_figure;
        const bool is_never_known = act.state == PublicationState::held && act.version == 0;
        if (is_never_known && !group.never_known) group.never_known = NeverKnown{day, act.reason};
        figure.version = std::max(figure.version, act.version);
        return {};
    }

    /// A part of a period has not the name of the whole.
    void name_part(ReportedFigure& figure) const {
        if (!grain_ || *grain_ == Grain::day) return;
        const BusinessDate start = period_start(*grain_, figure.first);
        const DaySpan whole = published_within(live_, {start, period_end(*grain_, start)});
        if (whole == DaySpan{figure.first, figure.last}) return;
        figure.note = "part of " + figure.period;
        figure.period = span_text(figure.first, figure.last);
    }

    /// "27 of 31 days, 6 of them: open exception ...", where the others have other reasons. What is
    /// no day's reason is that of all of it.
    static std::string note_of_days(const Group& group) {
        const auto found = group.days_by_reason.find(group.reason);
        if (found == group.days_by_reason.end()) return group.reason;
        const bool is_only_one = found->second == group.doubtful_days;
        if (is_only_one && group.doubtful_days == group.days) return group.reason;
        std::string note = fmt::format("{} of {} days", with_thousands(group.doubtful_days),
                                       with_thousands(group.days));
        if (!is_only_one) note += fmt::format(", {} of them", with_thousands(found->second));
        return note + ": " + group.reason;
    }

    /// A period that has not ended, one that has no sum, and why one is not verified.
    void finish(Group& group) {
        ReportedFigure& figure = group.figure;
        name_part(figure);
        if (group.never_known && group.days > 1 && is_additive()) {
            figure.value = std::nullopt;
            figure.note = why_no_sum(group);
            return;
        }
        if (grain_ && *grain_ != Grain::day) {
            const BusinessDate start = period_start(*grain_, figure.first);
            const BusinessDate end = period_end(*grain_, start);
            // No figure can be no trusted one.
            if (!figure.value && figure.state != PublicationState::held)
                figure.state = PublicationState::provisional;
            const BusinessDate today = today_of(report_);
            const bool is_cut = figure.last < published_within(live_, {start, end}).to;
            if (today <= end && !is_cut) {
                if (trust_of(figure.state) > trust_of(PublicationState::provisional))
                    figure.state = PublicationState::provisional;
                figure.note = (start <= today ? "through " : "ahead of ") + today.text();
                return;
            }
        }
        if (group.reason.empty()) return;
        figure.note = note_of_days(group);
    }

    /// Figures of the periods themselves, for lines and for the total.
    Result<void> add_periods() {
        const Publication* whole = nullptr;
        for (const Publication& act : live_) {
            if (act.grain == Grain::day) continue;
            if (is_all_of_report(act)) whole = &act;
            const auto group = groups_.find({act.period, ""});
            if (grain_ == act.grain && group != groups_.end())
                MESHLINE_TRY(set_value(group->second, act));
        }
        if (!whole) {
            return grain_ ? Result<void>() : not_additive();
        }
        if (whole->state == PublicationState::held) whole_reason_ = whole->reason;
        MESHLINE_ASSIGN(const auto figures, figures_of(*whole));
        // What comes to nothing on no known day comes to nobody knows what.
        if (whole->version > 0 && whole_.days_with_figure > 0) report_.total = WideDecimal();
        for (const Figure& figure : figures) {
            if (figure.dimension.empty()) report_.total = figure.amount;
            if (grain_ || figure.dimension != query_.by) continue;
            MESHLINE_TRY(
                add_value(group_of_member(figure.member), *whole, *report_.from, figure.amount));
            groups_[{BusinessDate(), figure.member}].figure.last = *report_.to;
        }
        return {};
    }

    /// Whether the days of the report that there are, are those of the act's period.
    bool is_all_of_report(const Publication& act) const {
        return published_within(live_, {act.period, act.through}) ==
               DaySpan{*report_.from, *report_.to};
    }

    Result<void> set_value(Group& group, const Publication& act) {
        const bool is_whole = published_within(live_, {act.period, act.through}) ==
                              DaySpan{group.figure.first, group.figure.last};
        if (!is_whole) {
            group.reason = fmt::format("not the whole {}: its days do not add up", query_.by);
            return {};
        }
        MESHLINE_ASSIGN(const auto figures, figures_of(act));
        if (act.version > 0 && group.days_with_figure > 0) group.figure.value = WideDecimal();
        for (const Figure& figure : figures) {
            if (figure.dimension.empty()) group.figure.value = figure.amount;
        }
        group.figure.version = act.version;
        group.figure.state = act.state;
        return {};
    }

    Result<void> not_additive() const {
        return Error{.kind = ErrorKind::invalid,
                     .code = "report.not_additive",
                     .message = fmt::format("{} does not add up over the days from {} to {}",
                                            report_.metric->head.name, report_.from->text(),
                                            report_.to->text()),
                     .hint = "Ask for a whole week, month, quarter or year, or for all days."};
    }

    ControlStore& control_;
    EventLog& log_;
    MetricReport& report_;
    const ReportQuery& query_;
    const std::optional<Grain> grain_;  ///< Nothing for a report by dimension.
    std::vector<Publication> live_;
    std::map<std::pair<BusinessDate, std::string>, Group> groups_;
    Group whole_;               ///< All days of the report.
    std::string whole_reason_;  ///< Why the publication for them as a whole is held.
    bool has_currency_ = false;
};

}  // namespace

Result<MetricReport> read_report(ControlStore& control, EventLog& log,
                                 const ClientDefinition& client, const MetricDefinition& metric,
                                 const ReportQuery& query) {
    MESHLINE_TRY(check_by(metric, query.by));
    MetricReport report;
    report.client = &client;
    report.metric = &metric;
    if (metric.aggregate == Aggregate::sum_amount) {
        report.currency = client.currency.code();
        if (!query.currency.empty()) {
            MESHLINE_ASSIGN(const Currency currency, client.currencies.find(query.currency));
            report.currency = currency.code();
        }
    }
    MESHLINE_TRY(ReportBuilder(control, log, report, query).build());
    return report;
}

}  // namespace meshline
