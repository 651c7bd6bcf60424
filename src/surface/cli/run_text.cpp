#include "surface/cli/run_text.hpp"

#include "base/text/text.hpp"
#include "surface/cli/text_line.hpp"
#include "surface/cli/zone_rules_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

std::string words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

}  // namespace

std::string run_text(const std::vector<ClientReport>& reports) {
    std::string text;
    for (const ClientReport& report : reports) {
        text += report.client.text();
        if (!report.run.text().empty()) {
            text += fmt::format("  run {} over {} events", report.run.text(),
                                with_thousands(static_cast<std::int64_t>(report.position)));
        }
        text += "\n";
        for (const StageReport& stage : report.stages) {
            std::string counts;
            for (const auto& [name, count] : stage.counts) {
                if (!counts.empty()) counts += ", ";
                counts += fmt::format("{} {}", with_thousands(count), words(name));
            }
            text += text_line("  {:<10} {}", stage.stage, counts.empty() ? "nothing" : counts);
            const auto& exceptions = stage.exceptions;
            if (exceptions.opened + exceptions.reopened + exceptions.closed > 0) {
                text += text_line("  {:<10} exceptions: {} opened, {} reopened, {} closed", "",
                                  with_thousands(exceptions.opened),
                                  with_thousands(exceptions.reopened),
                                  with_thousands(exceptions.closed));
            }
        }
        text += other_rules_text(report.other_zone_rules);
        if (report.error) text += text_line("  stopped: {}", report.error->message);
    }
    return text;
}

}  // namespace meshline
