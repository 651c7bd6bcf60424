#include "checks/checked_shop.hpp"

#include "properties/small_shop.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/validate/validate.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

constexpr const char* bank_source =
    "source: bank\nowner: ana\npack: bank_csv\n"
    "columns:\n"
    "  statement_lines: {booked_on: day, account: iban}\n"
    "  statement: {entry_id: id, booked_on: day, account: iban}\n"
    "constants:\n  statement_lines: {currency: EUR}\n  statement: {currency: EUR}\n";

}  // namespace

CheckedShop::CheckedShop(const std::vector<std::pair<std::string, std::string>>& checks) {
    write_small_shop(folder_ / "workspace");
    DiskFiles files;
    const auto write = [&](const std::string& path, const std::string& text) {
        const auto written = files.write_text((folder_ / "workspace/") + path, text);
        MESHLINE_CHECK(written.ok());
    };
    write("clients/shop/sources/bank.yaml", bank_source);
    for (const auto& [name, yaml] : checks)
        write("checks/" + name + ".yaml", yaml);
    auto opened = WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                     *BusinessDate::parse("2026-03-10"));
    MESHLINE_CHECK(opened.ok());
    run_ = std::move(*opened);
}

void CheckedShop::define(const std::string& path, const std::string& text) {
    DiskFiles files;
    const auto written = files.write_text((folder_ / "workspace/") + path, text);
    MESHLINE_CHECK(written.ok());
    const auto loaded = run_->load(folder_ / "workspace");
    MESHLINE_CHECK(loaded.ok());
}

void CheckedShop::capture(const std::string& source, const std::string& stream,
                          const std::string& text) {
    const std::string path = folder_ / fmt::format("{}_{}.{}", stream, ++file_count_,
                                                   text.starts_with('{') ? "ndjson" : "csv");
    DiskFiles files;
    const auto written = files.write_text(path, text);
    MESHLINE_CHECK(written.ok());
    const auto captured = run_->capture("shop", source, stream, {path});
    MESHLINE_CHECK(captured.ok());
}

std::vector<Finding> CheckedShop::normalize() {
    auto normalized = run_->run(*make_normalize(), "shop");
    MESHLINE_CHECK(normalized.ok());
    // The files of these tests have few columns; what they lack is not what the tests are about.
    std::erase_if(normalized->findings,
                  [](const Finding& finding) { return finding.type == "missing_column"; });
    return normalized->findings;
}

std::vector<Finding> CheckedShop::validate() {
    normalize();
    auto validated = run_->run(*make_validate(), "shop");
    MESHLINE_CHECK(validated.ok());
    return validated->findings;
}

std::vector<std::string> CheckedShop::rows(const std::string& sql) {
    const auto found = run_->query(sql);
    MESHLINE_CHECK(found.ok());
    std::vector<std::string> texts;
    for (const auto& row : found->rows) {
        std::string& text = texts.emplace_back();
        for (const auto& cell : row)
            text += (text.empty() ? "" : " ") + cell.value_or("");
    }
    return texts;
}

}  // namespace meshline
