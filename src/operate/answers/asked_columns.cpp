#include "operate/answers/asked_columns.hpp"

#include "base/text/text.hpp"
#include "core/relations/relations.hpp"
#include "core/stage/stream_transforms.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace meshline {
namespace {

bool is_for(const std::vector<std::string>& clients, const std::string& client) {
    return clients.empty() || std::ranges::find(clients, client) != clients.end();
}

/// What each stream writes; a stream that several clients have is asked once.
class Writers {
  public:
    explicit Writers(TransformEngine& engine) : engine_(engine) {}

    /// Nothing where no source that is concerned fills the book.
    std::optional<WrittenAttributes> of(const Workspace& workspace, const AskedColumn& asked) {
        std::optional<WrittenAttributes> all;
        for (const ClientDefinition& client : workspace.clients) {
            if (!is_for(asked.clients, client.id.text())) continue;
            for (const SourceDefinition& source : client.sources) {
                if (asked.source.empty() || asked.source == source.head.name)
                    add(client, source, asked.book, all);
            }
        }
        return all;
    }

  private:
    using ByBook = std::map<Book, WrittenAttributes>;

    void add(const ClientDefinition& client, const SourceDefinition& source, Book book,
             std::optional<WrittenAttributes>& all) {
        for (const std::string& name : source.streams) {
            const StreamDefinition& stream = *source.pack->find(name);
            const bool fills = std::ranges::any_of(stream.transforms, [&](const auto& transform) {
                return transform.into == "entries" && transform.book == book;
            });
            if (!fills) continue;
            if (!all) all.emplace();
            const ByBook& written = written_by(client, source, stream);
            const auto found = written.find(book);
            if (found == written.end()) continue;
            all->names.insert(found->second.names.begin(), found->second.names.end());
            all->is_open = all->is_open || found->second.is_open;
        }
    }

    const ByBook& written_by(const ClientDefinition& client, const SourceDefinition& source,
                             const StreamDefinition& stream) {
        const auto [found, is_new] = known_.try_emplace({source.pack_name, stream.name});
        if (!is_new) return found->second;
        auto written = engine_.attributes(transforms_of(client, source, stream));
        if (written.ok()) {
            found->second = std::move(*written);
        } else {
            // check() tells why; nothing is said against what nobody could look at.
            for (const PackTransform& transform : stream.transforms)
                found->second[transform.book].is_open = true;
        }
        return found->second;
    }

    TransformEngine& engine_;
    std::map<std::pair<std::string, std::string>, ByBook> known_;
};

bool concerns_left_out(const Workspace& workspace, const AskedColumn& asked) {
    return std::ranges::any_of(workspace.left_out, [&](const LeftOut& one) {
        return one.kind == LeftOutKind::client && is_for(asked.clients, one.name);
    });
}

}  // namespace

std::vector<Error> check_asked_columns(const Workspace& workspace, TransformEngine& engine) {
    Writers writers(engine);
    std::vector<Error> problems;
    for (const AskedColumn& asked : workspace.asked_columns) {
        if (concerns_left_out(workspace, asked)) continue;
        const auto written = writers.of(workspace, asked);
        if (!written || written->is_open || written->names.contains(asked.name)) continue;
        std::vector<std::string> known = asked_entry_columns();
        known.insert(known.end(), written->names.begin(), written->names.end());
        const auto nearest = nearest_name(asked.name, known);
        const std::vector<std::string> keys(written->names.begin(), written->names.end());
        problems.push_back(
            {.kind = ErrorKind::invalid,
             .code = "workspace.unknown_column",
             .message = fmt::format("\"{}\" is no column of the entries, and no transform into"
                                    " the book {} writes it",
                                    asked.name, name_of(asked.book)),
             .hint = nearest        ? fmt::format("Did you mean \"{}\"?", *nearest)
                     : keys.empty() ? "Name a column of the entries: these transforms write no"
                                      " attributes."
                                    : fmt::format("Name a column of the entries, or one of: {}.",
                                                  join(keys, ", ")),
             .where = asked.where});
    }
    return problems;
}

}  // namespace meshline
