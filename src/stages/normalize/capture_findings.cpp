#include "stages/normalize/capture_findings.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/client_captures.hpp"
#include "core/stage/plausible_days.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

bool is_of(const Capture& capture, const StreamName& stream) {
    return capture.stream.source == stream.source && capture.stream.stream == stream.stream;
}

/// The captures of the same stream that came after it, were finished and stand.
std::vector<const Capture*> later_ones(const CaptureHistory& history, const Capture& capture) {
    std::vector<const Capture*> later;
    for (const Capture& one : history.captures()) {
        const bool is_good = one.closed && !one.is_retracted && one.opened > capture.opened;
        if (is_good && is_of(one, capture.stream)) later.push_back(&one);
    }
    return later;
}

/// Whether the captures that came after it found everything that it had brought.
bool is_captured_again(const CaptureHistory& history, const Capture& capture,
                       const PositionSet& acts) {
    const auto later = later_ones(history, capture);
    PositionSet left = history.brought_by(capture).without(acts);
    for (const Capture* one : later) {
        left = left.without(one->record.found);
    }
    return !later.empty() && left.is_empty();
}

/// Whether a later capture says of all of it what this one could not.
bool is_covered_again(const CaptureHistory& history, const Capture& capture) {
    const Coverage& wanted = *capture.record.coverage;
    return std::ranges::any_of(later_ones(history, capture), [&](const Capture* later) {
        const auto& coverage = later->record.coverage;
        if (!coverage || !coverage->holds()) return false;
        const bool is_scoped_so =
            coverage->scope_column.empty() || (coverage->scope_column == wanted.scope_column &&
                                               coverage->scope_value == wanted.scope_value);
        return is_scoped_so && coverage->from <= wanted.from && wanted.to <= coverage->to;
    });
}

class CaptureFindings {
  public:
    CaptureFindings(StageContext& context, StreamDoubts& doubts, const CaptureHistory& history,
                    PositionSet acts)
        : context_(context), doubts_(doubts), history_(history), acts_(std::move(acts)) {}

    Result<std::vector<Finding>> find() {
        for (const Capture& capture : history_.captures()) {
            if (capture.is_retracted) continue;
            if (!capture.closed) MESHLINE_TRY(add_unfinished(capture));
            if (capture.record.coverage && !capture.record.coverage->holds())
                MESHLINE_TRY(add_void(capture, *capture.record.coverage));
        }
        return std::move(findings_);
    }

  private:
    Finding& add(const Capture& capture, const char* type) {
        const SourceDefinition* source = context_.client.find(capture.stream.source);
        Finding& finding = findings_.emplace_back();
        finding.type = type;
        finding.key = finding_key({name_of(capture), capture.id});
        finding.owner = source ? source->head.owner : context_.client.head.owner;
        finding.severity = Severity::high;
        finding.evidence = {{"capture", capture.id}, {"opened_at", capture.opened_at.text()}};
        return finding;
    }

    static std::string name_of(const Capture& capture) {
        return capture.stream.source + "/" + capture.stream.stream;
    }

    Result<void> doubt(Finding& finding, const Capture& capture, BusinessDate from,
                       BusinessDate to) {
        finding.from = from;
        finding.to = to;
        return doubts_.add(finding, context_.client.find(capture.stream.source),
                           capture.stream.stream, from, to);
    }

    Result<void> add_unfinished(const Capture& capture) {
        if (is_captured_again(history_, capture, acts_)) return {};
        const PositionSet brought = history_.brought_by(capture).without(acts_);
        Finding& finding = add(capture, "unfinished_capture");
        const auto count = static_cast<std::int64_t>(brought.size());
        finding.title =
            fmt::format("a capture of {} was interrupted after {} record{}: others may be missing",
                        name_of(capture), with_thousands(count), count == 1 ? "" : "s");
        finding.evidence.emplace_back("positions", brought.text());
        finding.fixes = {{"recapture_period",
                          "Capture the same files again: what came in is found, the rest is"
                          " added."},
                         {"review", fmt::format("If they were wrong, take it back: meshline retract"
                                                " {} {} --reason TEXT.",
                                                context_.client.id.text(), capture.id)}};
        MESHLINE_ASSIGN(const BusinessDate today, as_of(context_));
        MESHLINE_ASSIGN(
            const Rows days,
            context_.warehouse.query(fmt::format(
                "select min(business_on), max(business_on) from event_counts"
                " where client_id = {} and capture_position = {}"
                "  and business_on between date '{}' and date '{}'",
                quote_literal(context_.client.id.text()), capture.opened,
                earliest_day(context_.client, today).text(), last_plausible_day(today).text())));
        if (!days.rows.front()[0]) return {};
        MESHLINE_ASSIGN(const BusinessDate from, BusinessDate::parse(days.text(0, 0)));
        MESHLINE_ASSIGN(const BusinessDate to, BusinessDate::parse(days.text(0, 1)));
        return doubt(finding, capture, from, to);
    }

    Result<void> add_void(const Capture& capture, const Coverage& coverage) {
        if (is_covered_again(history_, capture)) return {};
        Finding& finding = add(capture, "void_coverage");
        finding.title =
            fmt::format("a capture of {} that covers {} to {} takes nothing back: {}",
                        name_of(capture), coverage.from.text(), coverage.to.text(), why(coverage));
        finding.evidence.emplace_back("objects", std::to_string(coverage.objects));
        finding.evidence.emplace_back("missing", std::to_string(coverage.missing));
        if (!coverage.scope_column.empty()) {
            finding.evidence.emplace_back("scope",
                                          coverage.scope_column + "=" + coverage.scope_value);
        }
        finding.fixes = {{"recapture_period", fix(coverage)}};
        return doubt(finding, capture, coverage.from, coverage.to);
    }

    static std::string why(const Coverage& coverage) {
        if (coverage.voided_by == void_unfinished) return "it was interrupted";
        if (coverage.voided_by == void_unreadable) return "a record of it has no readable object";
        if (coverage.voided_by == void_unread) return "a file of it could not be read to its end";
        return fmt::format("{} of the {} objects there are missing from it",
                           with_thousands(coverage.missing), with_thousands(coverage.objects));
    }

    static std::string fix(const Coverage& coverage) {
        if (coverage.voided_by == void_too_many) {
            return "If the file is whole, capture it again with --yes; else with what it lacks.";
        }
        if (coverage.voided_by == void_unfinished)
            return "Capture the same files again, with the days that they cover.";
        return "Capture the file again when every record of it can be read.";
    }

    StageContext& context_;
    StreamDoubts& doubts_;
    const CaptureHistory& history_;
    const PositionSet acts_;
    std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<Finding>> capture_findings(StageContext& context, StreamDoubts& doubts) {
    MESHLINE_ASSIGN(const auto events,
                    reserved_events(context.log, context.control, context.client.id, context.head));
    MESHLINE_ASSIGN(const CaptureHistory history,
                    CaptureHistory::of(events, context.head.position));
    PositionSet acts;
    for (const ReservedEvent& event : events)
        acts.add(event.position);
    return CaptureFindings(context, doubts, history, std::move(acts)).find();
}

}  // namespace meshline
