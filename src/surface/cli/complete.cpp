#include "surface/cli/complete.hpp"

#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>

namespace meshline {
namespace {

using Words = std::vector<std::string>;

bool is_option_of(const CLI::Option& option, const std::string& word) {
    return !option.get_positional() && option.check_name(word);
}

const CLI::Option* find_option(const CLI::App& app, const CLI::App& command,
                               const std::string& word) {
    for (const CLI::App* one : {&command, &app}) {
        const auto options = one->get_options();
        const auto found = std::ranges::find_if(
            options, [&](const CLI::Option* option) { return is_option_of(*option, word); });
        if (found != options.end()) return *found;
    }
    return nullptr;
}

bool takes_value(const CLI::Option& option) {
    return option.get_items_expected_max() > 0;
}

/// What the words before the last one say.
struct Typed {
    const CLI::App* command = nullptr;
    const CLI::Option* option = nullptr;  ///< Whose value the last word is.
    Words positionals;                    ///< Of the command.
};

Typed read_words(const CLI::App& app, const Words& words) {
    Typed typed;
    typed.command = &app;
    for (std::size_t index = 0; index + 1 < words.size(); ++index) {
        const std::string& word = words[index];
        if (typed.option) {
            typed.option = nullptr;
            continue;
        }
        if (word.starts_with('-') && word.size() > 1) {
            const CLI::Option* option = find_option(app, *typed.command, word);
            if (option && takes_value(*option)) typed.option = option;
            continue;
        }
        const auto inner = typed.command->get_subcommands(
            [&](const CLI::App* command) { return command->get_name() == word; });
        if (!inner.empty() && typed.positionals.empty()) {
            typed.command = inner.front();
        } else {
            typed.positionals.push_back(word);
        }
    }
    return typed;
}

Words option_names(const CLI::App& app, const CLI::App& command) {
    Words names;
    for (const CLI::App* one : {&command, &app}) {
        for (const CLI::Option* option : one->get_options()) {
            for (const std::string& name : option->get_lnames())
                names.push_back("--" + name);
        }
        if (one == &app) break;
    }
    return names;
}

Words client_names(const Workspace& workspace) {
    Words names;
    for (const ClientDefinition& client : workspace.clients)
        names.push_back(client.id.text());
    return names;
}

Words metric_names(const Workspace& workspace) {
    Words names;
    for (const MetricDefinition& metric : workspace.metrics)
        names.push_back(metric.head.name);
    return names;
}

Words stream_names(const Workspace& workspace, const Words& positionals) {
    Words names;
    const ClientDefinition* client =
        positionals.empty() ? nullptr : workspace.find_client(positionals.front());
    if (!client) return names;
    for (const SourceDefinition& source : client->sources) {
        for (const std::string& stream : source.streams)
            names.push_back(source.head.name + "/" + stream);
    }
    return names;
}

Words groupings(const Workspace& workspace) {
    Words names = {"day", "week", "month", "quarter", "year"};
    for (const MetricDefinition& metric : workspace.metrics)
        names.insert(names.end(), metric.dimensions.begin(), metric.dimensions.end());
    return names;
}

/// The names of the workspace that a place stands for, by how the usage writes it.
Words names_of_workspace(const std::string& place, const Workspace& workspace,
                         const Words& positionals) {
    if (place == "CLIENT") return client_names(workspace);
    if (place == "METRIC" || place == "--metric") return metric_names(workspace);
    if (place == "SOURCE/STREAM") return stream_names(workspace, positionals);
    if (place == "--owner") return workspace.owners.ids();
    if (place == "--by") return groupings(workspace);
    Words names;
    if (place == "RECONCILIATION") {
        for (const ReconciliationDefinition& one : workspace.reconciliations)
            names.push_back(one.head.name);
    }
    return names;
}

Words names_for(const CLI::App& app, Session& session, const std::string& place,
                const Words& positionals) {
    if (place == "COMMAND") return command_names(app);
    if (place == "SHELL") return {"bash", "zsh", "fish"};
    if (place == "--outcome") return {"matched", "suggested", "break", "expected"};
    if (place == "--type")
        return Words(std::begin(exception_type_names), std::end(exception_type_names));
    const auto workspace = session.workspace();
    if (!workspace.ok()) return {};
    return names_of_workspace(place, **workspace, positionals);
}

/// The positional that comes next, the last one again where it takes many; nothing where there is
/// none.
const CLI::Option* next_positional(const CLI::App& command, std::size_t given) {
    std::vector<const CLI::Option*> places;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_positional()) places.push_back(option);
    }
    if (given < places.size()) return places[given];
    const bool takes_more = !places.empty() && places.back()->get_items_expected_max() > 1;
    return takes_more ? places.back() : nullptr;
}

}  // namespace

Words completions(const CLI::App& app, Session& session, const Words& words) {
    const std::string partial = words.empty() ? "" : words.back();
    const Typed typed = read_words(app, words);
    Words known;
    if (typed.option) {
        const Words names = typed.option->get_lnames();
        known =
            names_for(app, session, names.empty() ? "" : "--" + names.front(), typed.positionals);
    } else if (partial.starts_with('-')) {
        known = option_names(app, *typed.command);
    } else if (const Words commands = command_names(*typed.command);
               !commands.empty() && typed.positionals.empty()) {
        known = commands;
    } else if (const CLI::Option* place =
                   next_positional(*typed.command, typed.positionals.size())) {
        known = names_for(app, session, place->get_name(true), typed.positionals);
    } else {
        known = option_names(app, *typed.command);
    }
    std::erase_if(known, [&](const std::string& name) { return !name.starts_with(partial); });
    std::ranges::sort(known);
    const auto repeated = std::ranges::unique(known);
    known.erase(repeated.begin(), repeated.end());
    return known;
}

}  // namespace meshline
