#include "surface/cli/explained_owners_text.hpp"

#include "base/text/text.hpp"
#include "surface/cli/table.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {

std::string owners_text(const std::vector<ExplainedOwner>& owners) {
    constexpr std::size_t fields_shown_max = 6;
    Table table({{"what"}, {"name"}, {"owner"}, {"when published"}});
    for (auto one = owners.begin(); one != owners.end();) {
        if (one->kind != "field") {
            table.add({one->kind, one->name, one->owner, one->owner_then});
            ++one;
            continue;
        }
        const auto end = std::find_if(
            one, owners.end(), [](const ExplainedOwner& other) { return other.kind != "field"; });
        // Fields that answer to one owner share a line.
        const std::string stream = one->name.substr(0, one->name.rfind('/'));
        std::map<std::string, std::vector<std::string>> fields_by_owner;
        for (; one != end; ++one)
            fields_by_owner[one->owner].push_back(one->name.substr(stream.size() + 1));
        for (auto& [owner, fields] : fields_by_owner) {
            const std::size_t count = fields.size();
            if (count > fields_shown_max) {
                fields.resize(fields_shown_max);
                fields.push_back(fmt::format("{} more", count - fields_shown_max));
            }
            table.add({count == 1 ? "field" : "fields",
                       fmt::format("{}: {}", stream, join(fields, ", ")), owner, ""});
        }
    }
    return table.text();
}

}  // namespace meshline
