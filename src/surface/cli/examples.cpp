#include "surface/cli/examples.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

struct Examples {
    std::string_view command;
    std::string_view lines;
};

constexpr std::array examples = {
    Examples{"",
             "  meshline init my-workspace && cd my-workspace\n"
             "  meshline capture my_shop shop/orders orders.json\n"
             "  meshline run\n"
             "  meshline report my_shop --metric net_sales --by month\n"
             "  meshline help report                      a command's options and examples\n"
             "  meshline completion bash                  how the shell completes commands\n"},
    Examples{"init",
             "  meshline init my-workspace\n"
             "  meshline init --pack shopify\n"},
    Examples{"check",
             "  meshline check\n"
             "  meshline check --json\n"},
    Examples{"capture",
             "  meshline capture my_shop shop/orders orders.json data/exports/\n"
             "  zcat march.csv.gz | meshline capture my_shop bank/statement -\n"},
    Examples{"captures", "  meshline captures my_shop\n"},
    Examples{"retract",
             "  meshline retract my_shop 3f2a9b1c04de --reason \"March of another shop\"\n"
             "  meshline retract my_shop 1204 1310-1317 --reason \"test orders\"\n"},
    Examples{"run",
             "  meshline run\n"
             "  meshline run my_shop --from 2026-03\n"},
    Examples{"status",
             "  meshline status\n"
             "  meshline status my_shop --json\n"},
    Examples{"report",
             "  meshline report my_shop\n"
             "  meshline report my_shop --metric net_sales --by month --from 2026-Q1 --to 2026-Q2\n"
             "  meshline report my_shop --metric net_sales --by channel --csv channels.csv\n"
             "  meshline report my_shop --from 2026-03 --to 2026-03 --html march.html\n"},
    Examples{"explain",
             "  meshline explain my_shop net_sales 2026-03-01\n"
             "  meshline explain my_shop net_sales 2026-03 --json\n"},
    Examples{"reconcile",
             "  meshline reconcile my_shop\n"
             "  meshline reconcile my_shop orders_to_payments --items --outcome break\n"},
    Examples{"exceptions",
             "  meshline exceptions\n"
             "  meshline exceptions my_shop --type break --owner finance\n"
             "  meshline exceptions --closed --json\n"},
    Examples{"rebuild", "  meshline rebuild\n"},
    Examples{"verify",
             "  meshline verify\n"
             "  meshline verify --json\n"},
    Examples{"contract validate", "  meshline contract validate orders.schema.json orders.json\n"},
    Examples{"contract infer", "  meshline contract infer orders.ndjson > orders.schema.json\n"},
    Examples{"contract diff", "  meshline contract diff old.schema.json new.schema.json\n"},
    Examples{"demo",
             "  meshline demo\n"
             "  meshline demo --into /tmp/agency\n"},
    Examples{"help",
             "  meshline help report\n"
             "  meshline help contract diff\n"},
    Examples{"completion",
             "  source <(meshline completion bash)        in ~/.bashrc\n"
             "  source <(meshline completion zsh)         in ~/.zshrc, after compinit\n"
             "  meshline completion fish | source         in ~/.config/fish/config.fish\n"},
};

}  // namespace

std::string examples_of(std::string_view command) {
    const auto found = std::ranges::find(examples, command, &Examples::command);
    if (found == examples.end()) return "";
    return "Examples:\n" + std::string(found->lines);
}

}  // namespace meshline
