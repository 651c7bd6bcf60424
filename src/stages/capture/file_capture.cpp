#include "stages/capture/file_capture.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <thread>
#include <utility>

namespace meshline {
namespace {

constexpr int worker_count = 4;

FileShape shape_of(const SourceDefinition& source, const StreamDefinition& stream) {
    FileShape shape{.envelopes = stream.envelopes, .columns = columns_of(source, stream)};
    const auto skipped = source.skip_rows.find(stream.name);
    if (skipped != source.skip_rows.end()) shape.skip_rows = skipped->second;
    return shape;
}

}  // namespace

std::vector<std::string> columns_of(const SourceDefinition& source,
                                    const StreamDefinition& stream) {
    const std::vector<std::string> fields = stream.contract->field_names();
    const auto read = source.read.find(stream.name);
    if (read == source.read.end()) return fields;
    const ReadOptions& options = read->second;
    std::vector<std::string> columns;
    for (const std::string& field : fields) {
        if (!options.constants.contains(field))
            std::ranges::copy(options.names_of(field), std::back_inserter(columns));
    }
    return columns;
}

FileCapture::FileCapture(CaptureContext& context, const CaptureRequest& request, CaptureAct& act,
                         const FormerIdentities& former, CoveredObjects* covered, NamedFile file,
                         CaptureReport& report)
    : context_(context),
      act_(act),
      report_(report),
      former_(former),
      covered_(covered),
      path_(std::move(file.path)),
      names_before_(std::move(file.names_before)),
      mode_(request.mode),
      is_again_(request.is_again || covered != nullptr),
      options_{
          request.client, request.source,
          request.stream, std::move(file.name),
          act.at(),       request.stream.identity.rule == IdentityRule::row || !former.is_empty()} {
}

Result<void> FileCapture::run() {
    auto known = find_known();
    if (!known.ok()) return give_up(std::move(known).error());
    const bool is_by_name = options_.stream.identity.rule == IdentityRule::file_line;
    if (*known && !is_by_name) MESHLINE_TRY(repeat(**known));
    if (is_repeated_ && mode_ == CaptureMode::write) return {};
    auto file = context_.files.open(path_);
    if (!file.ok()) return give_up(std::move(file).error());
    auto reader = open_records(hash_while_read(std::move(file).value(), content_), path_,
                               shape_of(options_.source, options_.stream));
    if (!reader.ok()) return give_up(std::move(reader).error());
    reader_ = std::move(reader).value();
    if (is_by_name) MESHLINE_TRY(choose_name());
    if (*known && is_by_name) {
        MESHLINE_ASSIGN(const bool is_repeat, is_repeated(**known));
        if (is_repeat) MESHLINE_TRY(repeat(**known));
    }
    if (is_repeated_ && mode_ == CaptureMode::write) return {};
    MESHLINE_TRY(act_.open());
    {
        std::vector<std::jthread> helpers;
        for (int index = 1; index < worker_count; ++index)
            helpers.emplace_back([this] { work(); });
        work();
    }
    if (is_repeated_ && !failure_) return {};
    finish_problems();
    if (failure_ && !failure_->is_of_file) return std::move(failure_->error);
    if (failure_) read_error_ = std::move(failure_->error);
    if (read_error_) {
        act_.add_unread(path_, brought_, found_);
        return give_up(std::move(*read_error_));
    }
    act_.add({path_, content_.bytes, content_.digest, std::move(brought_), std::move(found_)});
    return {};
}

/// The file of the same content that was captured before, where names tell records apart also by
/// this capture. What comes through a pipe can be read only once; what cannot be read to its end is
/// no such file, and its good records are captured.
Result<std::optional<KnownFile>> FileCapture::find_known() {
    const bool is_by_name = options_.stream.identity.rule == IdentityRule::file_line;
    const Within within = is_by_name ? Within::this_capture_too : Within::earlier_captures;
    if (is_again_ || path_ == "-" || !act_.may_know({}, within)) return std::optional<KnownFile>();
    MESHLINE_ASSIGN(const auto file, context_.files.open(path_));
    // The new file of a day mostly has a size of its own, and need not be read to be told from all.
    if (!act_.may_know(file->size(), within)) return std::optional<KnownFile>();
    const auto content = read_content(*file);
    if (!content.ok()) return std::optional<KnownFile>();
    auto known = act_.find(*content, within);
    if (known) content_ = *content;
    return known;
}

/// Where names tell records apart, the same content under another name says nothing of what the
/// log has by this one: a file that has grown to be like another one has lines to bring. One whose
/// name the log does not know is a copy.
Result<bool> FileCapture::is_repeated(const KnownFile& known) {
    PreparedBatch first;
    first.batch = std::move(*first_);
    Preparer(options_).prepare(first);
    MESHLINE_ASSIGN(const auto there, context_.log.look_up(options_.client.id, first.drafts));
    bool is_known_name = false;
    bool is_same_name = false;
    for (std::size_t index = 0; index < there.size(); ++index) {
        if (first.drafts[index].verdict != Verdict::kept) continue;
        const Outcome outcome = there[index].outcome;
        is_known_name |= outcome != Outcome::added;
        is_same_name |=
            outcome == Outcome::duplicate && known.events.contains(there[index].position);
    }
    first_ = std::move(first.batch);
    return is_same_name || !is_known_name;
}

/// The records are there: the capture found them. Who only looks is shown them all the same.
Result<void> FileCapture::repeat(KnownFile known) {
    is_repeated_ = true;
    MESHLINE_TRY(act_.open());
    const auto count = static_cast<std::int64_t>(known.events.size());
    report_.records += count;
    report_.duplicates += count;
    report_.repeated.push_back({path_, std::move(known.name), std::move(known.capture)});
    act_.add({path_, content_.bytes, content_.digest, {}, std::move(known.events)});
    return {};
}

Result<void> FileCapture::give_up(Error error) {
    report_.file_errors.push_back(at_file(std::move(error), path_));
    return {};
}

Result<FileCapture::NameMatch> FileCapture::match_name(PreparedBatch& first,
                                                       const std::string& name) {
    options_.file_name = name;
    Preparer(options_).prepare(first);
    MESHLINE_ASSIGN(const auto known, context_.log.look_up(options_.client.id, first.drafts));
    NameMatch match;
    for (std::size_t index = 0; index < known.size(); ++index) {
        if (first.drafts[index].verdict != Verdict::kept) continue;
        match.has_same |= known[index].outcome == Outcome::duplicate;
        match.has_other |= known[index].outcome == Outcome::conflict;
    }
    return match;
}

/// A file keeps the name that it is known by. Its first records, which tell, are read here.
Result<void> FileCapture::choose_name() {
    PreparedBatch first;
    auto more = reader_->next(first.batch);
    if (!more.ok()) read_error_ = std::move(more).error();
    is_read_ = read_error_ || !*more;
    std::vector<std::string> names = {options_.file_name};
    std::ranges::copy(names_before_, std::back_inserter(names));
    for (const std::string& name : names) {
        MESHLINE_ASSIGN(const NameMatch match, match_name(first, name));
        if (match.has_same && !match.has_other) break;
        options_.file_name = names.front();
    }
    first_ = std::move(first.batch);
    return {};
}

void FileCapture::work() {
    Preparer preparer(options_);
    PreparedBatch prepared;
    while (const auto number = read(prepared.batch)) {
        Turn turn(turns_, *number);
        preparer.prepare(prepared);
        if (auto identified = identify(*number, prepared); !identified.ok()) {
            fail({*number, std::move(identified).error(), true});
            continue;
        }
        auto appended = context_.log.append(options_.client.id, prepared.drafts, std::move(turn));
        if (!appended.ok()) {
            fail({*number, std::move(appended).error()});
            continue;
        }
        const std::lock_guard lock(mutex_);
        if (!is_repeated_) count(*number, prepared, *appended);
    }
}

/// Those after the first that failed failed for its sake.
void FileCapture::fail(Failure failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_ || failure.batch < failure_->batch) failure_ = std::move(failure);
}

/// What identities ask beyond a record's own fields.
Result<void> FileCapture::identify(std::uint64_t number, PreparedBatch& batch) {
    if (options_.wants_digests) MESHLINE_TRY(number_rows(number, batch));
    if (options_.stream.identity.rule == IdentityRule::file_line) return refuse_other(batch);
    return {};
}

/// In the order of the batches, for equal rows are told apart by their order.
Result<void> FileCapture::number_rows(std::uint64_t number, PreparedBatch& batch) {
    Turn turn(numbering_, number);
    if (!turn.wait()) return Error{.message = "a batch before this one could not be numbered"};
    const bool is_by_row = options_.stream.identity.rule == IdentityRule::row;
    for (std::size_t index = 0; index < batch.drafts.size(); ++index) {
        EventDraft& draft = batch.drafts[index];
        if (const std::string* object = former_.find_object(std::string(draft.object_id)))
            draft.object_id = *object;
        if (draft.verdict != Verdict::kept) continue;
        MESHLINE_ASSIGN(std::string row, rows_.next(batch.digests[index]));
        if (const EventIds* ids = former_.find(row, std::string(draft.event_id))) {
            draft.event_id = ids->event_id;
            draft.object_id = ids->object_id;
        } else if (is_by_row) {
            draft.event_id = batch.texts.emplace_back(std::move(row));
            if (draft.object_id.empty()) draft.object_id = draft.event_id;
        }
    }
    turn.finish();
    return {};
}

/// A known line with other bytes is the line of another file.
Result<void> FileCapture::refuse_other(const PreparedBatch& batch) {
    MESHLINE_ASSIGN(const auto known, context_.log.look_up(options_.client.id, batch.drafts));
    const auto other = std::ranges::find(known, Outcome::conflict, &Appended::outcome);
    if (other == known.end()) return {};
    const RawRecord& record =
        batch.batch.records[static_cast<std::size_t>(std::distance(known.begin(), other))];
    return Error{.kind = ErrorKind::refused,
                 .code = "capture.other_file",
                 .message = fmt::format("the log knows another file by the name \"{}\": this"
                                        " record of it was captured with other content",
                                        options_.file_name),
                 .hint =
                     "Name this one for the log with --as NAME, or capture the folder that"
                     " holds both.",
                 .where = {.file = path_, .line = static_cast<int>(record.line)}};
}

/// The number of the batch that was read; nothing when there is no more or it is of no use.
std::optional<std::uint64_t> FileCapture::read(RecordBatch& batch) {
    const std::lock_guard reading(reading_);
    if (first_) {
        batch = *std::exchange(first_, std::nullopt);
        note_skipped(batch);
        if (!batch.records.empty()) return batches_read_++;
    }
    if (is_read_ || has_failed()) return std::nullopt;
    auto more = reader_->next(batch);
    note_skipped(batch);
    // A batch that an error cut short still holds good records.
    if (!more.ok()) read_error_ = std::move(more).error();
    is_read_ = read_error_ || !*more;
    // One of skipped rows alone is at the end of the file.
    if (batch.records.empty()) return std::nullopt;
    return batches_read_++;
}

/// Files and their batches are read in order.
void FileCapture::note_skipped(const RecordBatch& batch) {
    if (is_repeated_) return;
    report_.skipped += static_cast<std::int64_t>(batch.skipped.size());
    for (const std::int64_t line : batch.skipped) {
        if (report_.skipped_rows.size() == problems_max) return;
        report_.skipped_rows.push_back({options_.file_name, line});
    }
}

bool FileCapture::has_failed() {
    const std::lock_guard lock(mutex_);
    return failure_.has_value();
}

void FileCapture::count(std::uint64_t number, const PreparedBatch& batch,
                        const std::vector<Appended>& appended) {
    report_.records += static_cast<std::int64_t>(appended.size());
    if (covered_ != nullptr) covered_->note(batch);
    for (std::size_t index = 0; index < appended.size(); ++index) {
        const bool is_failed = batch.drafts[index].verdict != Verdict::kept;
        const bool is_found = appended[index].outcome == Outcome::duplicate;
        (is_found ? found_ : brought_).add(appended[index].position);
        switch (appended[index].outcome) {
            case Outcome::duplicate:
                ++report_.duplicates;
                break;
            case Outcome::conflict:
                ++report_.conflicts;
                break;
            case Outcome::revision:
                ++report_.revisions;
                break;
            case Outcome::added:
                ++(is_failed ? report_.failed : report_.events);
                break;
        }
    }
    for (const CaptureProblem& problem : batch.problems) {
        const bool is_new = appended[problem.draft].outcome != Outcome::duplicate;
        if (is_new) problems_.push_back({number, problem});
    }
    keep_first_problems();
    context_.progress.advance("capture", report_.records, 0);
}

/// Batches come to their end in any order; the report wants the first problems of the file.
void FileCapture::keep_first_problems() {
    std::ranges::sort(problems_, {}, [](const FoundProblem& found) {
        return std::pair(found.batch, found.problem.draft);
    });
    if (problems_.size() > problems_max) problems_.resize(problems_max);
}

void FileCapture::finish_problems() {
    for (FoundProblem& found : problems_) {
        if (report_.problems.size() == problems_max) return;
        report_.problems.push_back(std::move(found.problem));
    }
}

Error at_file(Error error, const std::string& path) {
    if (error.where.file.empty()) error.where.file = path;
    return error;
}

}  // namespace meshline
