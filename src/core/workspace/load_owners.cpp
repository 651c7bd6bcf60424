#include "core/workspace/loaders.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// The texts of owners.yaml that name people and teams, held against them at the end.
struct OwnerNames {
    std::vector<std::string> people;
    std::vector<std::string> all;
};

std::string read_id(const YamlReader& reader, OwnerNames& names) {
    const std::string id = reader.name("id", Need::required);
    if (id.empty()) return id;
    if (std::find(names.all.begin(), names.all.end(), id) != names.all.end()) {
        reader.file().report(reader.place("id"), "workspace.duplicate_name",
                             fmt::format("\"{}\" is the id of two owners", id),
                             "People and teams share their ids: rename one of them.");
    } else {
        names.all.push_back(id);
    }
    return id;
}

Person read_person(const YamlReader& reader, OwnerNames& names) {
    Person person;
    person.id = read_id(reader, names);
    const bool is_new =
        std::find(names.people.begin(), names.people.end(), person.id) == names.people.end();
    if (is_new && !person.id.empty()) names.people.push_back(person.id);
    person.name = reader.text("name", Need::required);
    person.email = reader.text("email", Need::required);
    const std::size_t at = person.email.find('@');
    const bool is_address = at != std::string::npos && at > 0 && at + 1 < person.email.size();
    if (!person.email.empty() && !is_address) {
        reader.file().report(reader.place("email"), "workspace.bad_email",
                             fmt::format("\"email\" of \"{}\" is no address", person.id),
                             "Write name@host.");
    }
    return person;
}

void report_unknown(const PlacedText& name, std::string_view noun,
                    const std::vector<std::string>& known, YamlFile& file) {
    if (std::find(known.begin(), known.end(), name.text) != known.end()) return;
    file.report(name.where, "workspace.unknown_owner",
                fmt::format("unknown {} \"{}\"", noun, name.text), hint_for_name(name.text, known));
}

}  // namespace

bool Owners::has(std::string_view id) const {
    return std::any_of(people.begin(), people.end(),
                       [&](const auto& one) { return one.id == id; }) ||
           std::any_of(teams.begin(), teams.end(), [&](const auto& one) { return one.id == id; });
}

std::vector<std::string> Owners::ids() const {
    std::vector<std::string> ids;
    for (const Person& person : people)
        ids.push_back(person.id);
    for (const Team& team : teams)
        ids.push_back(team.id);
    return ids;
}

Owners load_owners(const YamlNode& root, YamlFile& file) {
    const YamlReader reader(root, "owners", {"people", "teams"}, file);
    Owners owners;
    owners.text_bytes = canonical_json(root);
    owners.text_digest = sha256(owners.text_bytes);
    OwnerNames names;
    for (const YamlNode* node : reader.list("people", Need::required)) {
        const YamlReader person(*node, "person", {"id", "name", "email"}, file);
        owners.people.push_back(read_person(person, names));
    }
    std::vector<PlacedText> members;
    std::vector<PlacedText> deputies;
    for (const YamlNode* node : reader.list("teams", Need::optional)) {
        const YamlReader team(*node, "team", {"id", "name", "people", "deputy"}, file);
        Team read;
        read.id = read_id(team, names);
        read.name = team.text("name", Need::required);
        const std::vector<PlacedText> people = team.names("people", Need::required);
        read.people = texts_of(people);
        members.insert(members.end(), people.begin(), people.end());
        read.deputy = team.name("deputy", Need::optional);
        if (!read.deputy.empty()) deputies.push_back({read.deputy, team.place("deputy")});
        if (!read.deputy.empty() && read.deputy == read.id) {
            file.report(team.place("deputy"), "workspace.contradiction",
                        fmt::format("team \"{}\" is its own deputy", read.id),
                        "Name another person or team, or remove \"deputy\".");
        }
        owners.teams.push_back(std::move(read));
    }
    for (const PlacedText& member : members)
        report_unknown(member, "person", names.people, file);
    for (const PlacedText& deputy : deputies)
        report_unknown(deputy, "owner", names.all, file);
    return owners;
}

}  // namespace meshline
