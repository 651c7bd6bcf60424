#include "core/workspace/resolve_references.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void report(std::vector<Error>& problems, const Place& where, std::string code, std::string message,
            std::string hint) {
    problems.push_back(Error{.kind = ErrorKind::invalid,
                             .code = std::move(code),
                             .message = std::move(message),
                             .hint = std::move(hint),
                             .where = where});
}

/// A source reference over all clients: where its source is, and what streams it has there.
class SourceResolver {
  public:
    SourceResolver(const Reference& reference, const KnownNames& known,
                   std::vector<Error>& problems)
        : reference_(reference), known_(known), problems_(problems) {}

    void resolve() const {
        if (reference_.clients.empty()) {
            resolve_anywhere();
            return;
        }
        for (const std::string& client : reference_.clients) {
            // A client that does not exist is reported where it is named.
            const auto sources = known_.sources.find(client);
            if (sources != known_.sources.end()) resolve_in(client, sources->second);
        }
    }

  private:
    using Sources = std::map<std::string, KnownNames::Streams>;

    bool has_stream(const KnownNames::Streams& streams) const {
        return reference_.stream.text.empty() || !streams ||
               contains(*streams, reference_.stream.text);
    }

    void resolve_in(const std::string& client, const Sources& sources) const {
        const auto source = sources.find(reference_.name.text);
        if (source == sources.end()) {
            std::vector<std::string> names;
            for (const auto& [name, streams] : sources)
                names.push_back(name);
            report(problems_, reference_.name.where, "workspace.unknown_source",
                   fmt::format("client \"{}\" has no source \"{}\"", client, reference_.name.text),
                   hint_for_name(reference_.name.text, names));
        } else if (!has_stream(source->second)) {
            report_stream(*source->second);
        }
    }

    void resolve_anywhere() const {
        std::set<std::string> names;
        std::set<std::string> streams;
        bool is_found = false;
        for (const auto& [client, sources] : known_.sources) {
            for (const auto& [name, source_streams] : sources) {
                names.insert(name);
                if (name != reference_.name.text) continue;
                is_found = true;
                if (has_stream(source_streams)) return;
                streams.insert(source_streams->begin(), source_streams->end());
            }
        }
        if (is_found) {
            report_stream({streams.begin(), streams.end()});
            return;
        }
        const std::vector<std::string> known(names.begin(), names.end());
        report(problems_, reference_.name.where, "workspace.unknown_source",
               fmt::format("no client has a source \"{}\"", reference_.name.text),
               hint_for_name(reference_.name.text, known));
    }

    void report_stream(const std::vector<std::string>& streams) const {
        report(problems_, reference_.stream.where, "workspace.unknown_stream",
               fmt::format("source \"{}\" has no stream \"{}\"", reference_.name.text,
                           reference_.stream.text),
               hint_for_name(reference_.stream.text, streams));
    }

    const Reference& reference_;
    const KnownNames& known_;
    std::vector<Error>& problems_;
};

void resolve_name(const Reference& reference, std::string_view noun, std::string_view code,
                  const std::vector<std::string>& known, std::vector<Error>& problems) {
    if (contains(known, reference.name.text)) return;
    report(problems, reference.name.where, std::string(code),
           fmt::format("unknown {} \"{}\"", noun, reference.name.text),
           hint_for_name(reference.name.text, known));
}

/// An amount is in a currency and a count in none, so the two are never equal.
void compare_units(const Reference& reference, const KnownNames& known,
                   std::vector<Error>& problems) {
    const auto one = known.is_money.find(reference.name.text);
    const auto other = known.is_money.find(reference.beside);
    const bool is_known = one != known.is_money.end() && other != known.is_money.end();
    if (!is_known || one->second == other->second) return;
    const auto unit = [](bool is_money) { return is_money ? "money" : "a number"; };
    report(problems, reference.name.where, "workspace.contradiction",
           fmt::format("\"{}\" is {}, but \"{}\" is {}", one->first, unit(one->second),
                       other->first, unit(other->second)),
           "Hold money against money, and numbers against numbers.");
}

}  // namespace

void resolve_references(const std::vector<Reference>& references, const KnownNames& known,
                        std::vector<Error>& problems) {
    std::vector<std::string> measures = {"events"};
    measures.insert(measures.end(), known.metrics.begin(), known.metrics.end());
    for (const Reference& one : references) {
        switch (one.kind) {
            case ReferenceKind::owner:
                if (!known.owners) break;
                resolve_name(one, "owner", "workspace.unknown_owner", *known.owners, problems);
                break;
            case ReferenceKind::client:
                resolve_name(one, "client", "workspace.unknown_client", known.clients, problems);
                break;
            case ReferenceKind::metric:
                resolve_name(one, "metric", "workspace.unknown_metric", known.metrics, problems);
                compare_units(one, known, problems);
                break;
            case ReferenceKind::measure:
                resolve_name(one, "measure", "workspace.unknown_metric", measures, problems);
                break;
            case ReferenceKind::reconciliation:
                resolve_name(one, "reconciliation", "workspace.unknown_reconciliation",
                             known.reconciliations, problems);
                break;
            case ReferenceKind::attribution:
                resolve_name(one, "attribution", "workspace.unknown_attribution",
                             known.attributions, problems);
                break;
            case ReferenceKind::source:
                if (!known.are_sources_whole) break;
                SourceResolver(one, known, problems).resolve();
                break;
        }
    }
}

}  // namespace meshline
