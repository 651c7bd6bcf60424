#include "base/text/text.hpp"
#include "operate/answers/verification.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>

namespace meshline {
namespace {

std::string as_text(const Verification& verified) {
    std::string text;
    for (const VerifiedClient& one : verified.intact) {
        const auto events = with_thousands(static_cast<std::int64_t>(one.head.position));
        text += one.is_compared
                    ? text_line(
                          "{}: {} events re-hashed, root {}; {} publications commit to this log,"
                          " {} computed again to the same digests",
                          one.client.text(), events, one.head.root.brief(),
                          with_thousands(one.publications), with_thousands(one.recomputed))
                    : text_line(
                          "{}: {} events re-hashed, root {}; its publications could not be"
                          " compared",
                          one.client.text(), events, one.head.root.brief());
    }
    if (verified.audit) {
        text += text_line("audit tree: {} leaves re-hashed, root {}",
                          with_thousands(static_cast<std::int64_t>(verified.audit->size)),
                          verified.audit->root.brief());
    }
    if (!verified.problems.empty()) {
        text += text_line("{} problem{}; {} of {} client{} intact", verified.problems.size(),
                          verified.problems.size() == 1 ? "" : "s", verified.intact.size(),
                          verified.clients, verified.clients == 1 ? "" : "s");
    }
    return text;
}

Result<int> show_verification(Session& session) {
    MESHLINE_ASSIGN(const Verification verified,
                    verify(session.opened(), session.installation(), session.clock()));
    session.is_json() ? print_json(verification_json(verified)) : print(as_text(verified));
    int code = 0;
    for (const Error& problem : verified.problems) {
        const int one = report_error(problem);
        // Damage goes before what merely could not be done.
        if (code == 0 || problem.kind == ErrorKind::corrupt) code = one;
    }
    return code;
}

}  // namespace

void add_verify(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("verify", "Hash every stored byte again and compare");
    command->callback([&chosen] { chosen = show_verification; });
}

}  // namespace meshline
