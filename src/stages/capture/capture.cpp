#include "stages/capture/capture.hpp"

#include "core/records/identify.hpp"
#include "stages/capture/capture_act.hpp"
#include "stages/capture/file_capture.hpp"
#include "stages/capture/file_names.hpp"
#include "stages/capture/former_identities.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace meshline {
namespace {

/// What a file's records are cut, identified and judged by: a file of known content is read again
/// under other rules.
Digest rules_digest(const CaptureRequest& request) {
    const auto found = request.source.read.find(request.stream.name);
    const ReadOptions read = found == request.source.read.end() ? ReadOptions() : found->second;
    const Digest judgement =
        judgement_digest(request.stream, request.source.head.facts_digest, read);
    // A currency that the binary knows now may be what records of the file failed for.
    return sha256(judgement.hex() + "\n" + request.stream.digest.hex() + "\n" +
                  read.currencies.text());
}

/// A folder holds other things, too: licences, notes, checksums.
void leave_out_others(std::vector<std::string>& files, CaptureReport& report) {
    std::erase_if(files, [&](const std::string& file) {
        if (is_record_file(file)) return false;
        report.left_out.push_back(file);
        return true;
    });
}

NamedFile named_file(const CaptureRequest& request, const std::string& path,
                     const std::string& named) {
    if (!request.name.empty()) return {path, request.name, {}};
    return {path, name_in_log(path, named), names_before(path)};
}

Error name_for_several(const std::string& name) {
    return Error{.code = "capture.name_for_several",
                 .message = fmt::format("\"{}\" can name one file only", name),
                 .hint = "Capture the files one by one, each with a name of its own."};
}

}  // namespace

Result<CaptureReport> capture(CaptureContext& context, const CaptureRequest& request) {
    CaptureReport report;
    MESHLINE_ASSIGN(CaptureAct act,
                    CaptureAct::prepare(context.log, context.control, request.client.id,
                                        {request.source.head.name, request.stream.name},
                                        rules_digest(request), context.clock.now(), request.mode));
    MESHLINE_ASSIGN(
        const FormerIdentities former,
        FormerIdentities::note(context.log, context.control, request.client, request.source,
                               request.stream, act.history().fallen(), request.mode));
    std::optional<CoveredObjects> covered;
    if (request.coverage)
        covered.emplace(*request.coverage, request.client, request.source, request.stream);
    if (covered) act.cover(covered->announced());
    for (const std::string& path : request.paths) {
        std::vector<std::string> files = {path};
        if (path != "-") {
            auto listed = context.files.list(path, {});
            if (!listed.ok()) {
                report.file_errors.push_back(at_file(std::move(listed).error(), path));
                continue;
            }
            std::ranges::move(listed->problems, std::back_inserter(report.file_errors));
            files = std::move(listed->files);
            const bool is_folder = files.size() != 1 || files.front() != path;
            if (is_folder) leave_out_others(files, report);
        }
        if (!request.name.empty() && (request.paths.size() > 1 || files.size() != 1))
            return name_for_several(request.name);
        for (const std::string& file : files) {
            ++report.files;
            FileCapture one(context, request, act, former, covered ? &*covered : nullptr,
                            named_file(request, file, path), report);
            MESHLINE_TRY(one.run());
        }
    }
    context.progress.finish("capture");
    // A stream is connected from the first capture that names it, also one without a record.
    if (act.is_open() || report.file_errors.empty()) {
        if (covered) {
            MESHLINE_ASSIGN(const LogHead head, context.log.head(request.client.id));
            MESHLINE_ASSIGN(report.coverage, covered->decide(context.log, head, act.history(),
                                                             report.file_errors.empty()));
            act.cover(*report.coverage);
        }
        MESHLINE_TRY(act.close({report.records, report.events, report.duplicates, report.revisions,
                                report.conflicts, report.failed}));
        report.capture = act.id();
        report.risen = act.risen();
    }
    context.log.rest(request.client.id);
    MESHLINE_ASSIGN(report.head, context.log.head(request.client.id));
    return report;
}

}  // namespace meshline
