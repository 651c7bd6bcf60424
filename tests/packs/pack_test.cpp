// Goal: every pack books what its tests say, in whatever state its records arrive.
// Method: each packs/*/tests/*.yaml is captured and normalised in a workspace made for it, and the
// counts of the captures and all sums that are not zero are compared.

#include "drivers/files/temporary_folder_for_test.hpp"
#include "packs/pack_case.hpp"
#include "packs/workspace_run.hpp"
#include "stages/normalize/normalize.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

const std::string packs_folder = std::string(MESHLINE_SOURCE_DIR) + "/packs";

constexpr const char* standing = " where position not in (select position from supersessions)";

struct CaseFile {
    std::string pack;
    std::string path;
};

void PrintTo(const CaseFile& file, std::ostream* out) {
    *out << file.path;
}

std::vector<CaseFile> case_files() {
    std::vector<CaseFile> files;
    for (const auto& pack : std::filesystem::directory_iterator(packs_folder)) {
        const auto tests = pack.path() / "tests";
        if (!std::filesystem::exists(tests)) continue;
        for (const auto& file : std::filesystem::directory_iterator(tests)) {
            files.push_back({pack.path().filename().string(), file.path().string()});
        }
    }
    std::sort(files.begin(), files.end(),
              [](const auto& one, const auto& other) { return one.path < other.path; });
    return files;
}

std::string name_of_case(const testing::TestParamInfo<CaseFile>& info) {
    return info.param.pack + "_" + std::filesystem::path(info.param.path).stem().string();
}

class PackTest : public testing::TestWithParam<CaseFile> {
  protected:
    /// A file of the pack, or the record written into one.
    std::string input(const PackCase& pack_case, const std::string& text, int capture, int number) {
        if (text.empty() || text.front() != '{') {
            return fmt::format("{}/{}/{}", packs_folder, pack_case.pack, text);
        }
        return folder_.put(fmt::format("input/{}_{}.json", capture, number), text);
    }

    std::map<std::string, std::int64_t> capture_all(WorkspaceRun& run, const PackCase& pack_case) {
        std::map<std::string, std::int64_t> counts;
        int capture = 0;
        for (const auto& inputs : pack_case.captures) {
            std::vector<std::string> paths;
            for (const std::string& text : inputs) {
                paths.push_back(input(pack_case, text, capture, static_cast<int>(paths.size())));
            }
            const auto report = run.capture("shop", "source", pack_case.stream, paths);
            EXPECT_TRUE(report.ok()) << report.error().message;
            if (!report.ok()) return counts;
            EXPECT_TRUE(report->file_errors.empty()) << report->file_errors.front().message;
            counts["events"] += report->events;
            counts["duplicates"] += report->duplicates;
            counts["revisions"] += report->revisions;
            counts["conflicts"] += report->conflicts;
            counts["failed"] += report->failed;
            for (const CaptureProblem& problem : report->problems)
                problems_ += problem.file + ":" + std::to_string(problem.number) + " " +
                             problem.message + "\n";
            ++capture;
        }
        return counts;
    }

    std::vector<std::string> lines(WorkspaceRun& run, const std::string& sql) {
        std::vector<std::string> lines;
        const auto rows = run.query(sql);
        EXPECT_TRUE(rows.ok()) << rows.error().message;
        if (!rows.ok()) return lines;
        for (std::size_t row = 0; row < rows->rows.size(); ++row) {
            lines.emplace_back(rows->text(row, 0));
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

    std::string live_count(WorkspaceRun& run, const std::string& relation) {
        return lines(run, "select cast(count(*) as bigint) from " + relation + standing).front();
    }

    TemporaryFolder folder_;
    /// Why records failed, for the reader of a failure.
    std::string problems_;
};

TEST_P(PackTest, books_what_its_records_say) {
    DiskFiles files;
    const auto text = files.read_text(GetParam().path);
    ASSERT_TRUE(text.ok());
    const auto pack_case = read_pack_case(GetParam().pack, GetParam().path, *text);
    ASSERT_TRUE(pack_case.ok()) << pack_case.error().message << " line "
                                << pack_case.error().where.line;
    for (const auto& [name, bytes] : workspace_of(*pack_case))
        folder_.put("workspace/" + name, bytes);
    auto run = WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                  BusinessDate::parse("2026-04-01").value());
    ASSERT_TRUE(run.ok()) << run.error().message << "\n" << run.error().hint;

    EXPECT_EQ(capture_all(**run, *pack_case), pack_case->counts) << problems_;
    const auto normalize = make_normalize();
    const auto outcome = (*run)->run(*normalize, "shop");
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;

    const auto failures = lines(**run,
                                "select message || ' ' || place from rejected_events"
                                " where kind = 'transform_failure'");
    EXPECT_EQ(std::ssize(failures), pack_case->transform_failures)
        << testing::PrintToString(failures);
    EXPECT_EQ(lines(**run,
                    "select entry_type || ' ' || business_on || ' ' || currency || ' '"
                    " || cast(sum(amount) as varchar) from entries"
                    " group by entry_type, business_on, currency having sum(amount) <> 0"),
              pack_case->sums);
    if (pack_case->records) {
        EXPECT_EQ(live_count(**run, "records"), std::to_string(*pack_case->records));
    }
    if (pack_case->record_sums) {
        EXPECT_EQ(lines(**run, fmt::format("select record_type || ' ' || currency || ' '"
                                           " || cast(sum(amount) as varchar) from records{}"
                                           " and amount is not null group by record_type, currency",
                                           standing)),
                  *pack_case->record_sums);
    }
    if (pack_case->touchpoints) {
        EXPECT_EQ(live_count(**run, "touchpoints"), std::to_string(*pack_case->touchpoints));
    }
}

INSTANTIATE_TEST_SUITE_P(packs, PackTest, testing::ValuesIn(case_files()), name_of_case);

}  // namespace
}  // namespace meshline
