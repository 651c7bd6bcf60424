#include "surface/cli/session.hpp"

#include "surface/cli/output.hpp"
#include "surface/cli/text_line.hpp"

#include <fmt/format.h>
#include <vector>

namespace meshline {
namespace {

/// Problems that are shown in full before a command goes on; meshline check shows them all.
constexpr std::size_t problems_shown_max = 10;

std::string kind_text(const LeftOut& one) {
    std::string text = fmt::format("{} {}", name_of(one.kind), one.name);
    if (one.kind == LeftOutKind::metric) text += ", whose published figures stay as they are";
    if (one.is_gate()) text += ", so no figure that it may concern is verified";
    return text;
}

/// Says the problems, the first of them in full, and what is left out for them.
void say_left_out(const Workspace& workspace, const std::vector<Error>& problems) {
    std::string text;
    for (std::size_t index = 0; index < problems.size() && index < problems_shown_max; ++index)
        text += render(problems[index]) + "\n";
    if (problems.size() > problems_shown_max)
        text += more_problems(problems.size() - problems_shown_max) + "\n";
    if (!workspace.left_out.empty()) text += "left out until that is mended:\n";
    for (const LeftOut& one : workspace.left_out)
        text += text_line("  {}", kind_text(one));
    print_note(text);
}

void say_remade(const Error& reason) {
    print_note(text_line("note: {}: it is made again from the log", reason.message));
}

}  // namespace

Session::Session(Installation& installation, const GlobalOptions& options)
    : installation_(installation),
      is_json_(options.is_json),
      clock_(options.now ? std::optional<StandingClock>(*options.now) : std::nullopt),
      opened_(installation, clock(),
              {.root = options.workspace,
               .data = options.data,
               .when_left_out = say_left_out,
               .when_remade = say_remade}) {}

Result<const ClientDefinition*> Session::client(const std::string& name) {
    MESHLINE_ASSIGN(const auto definitions, workspace());
    return find_client(*definitions, name);
}

Result<const MetricDefinition*> Session::metric(const std::string& name) {
    MESHLINE_ASSIGN(const auto definitions, workspace());
    return find_metric(*definitions, name);
}

}  // namespace meshline
