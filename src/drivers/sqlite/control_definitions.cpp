#include "drivers/sqlite/control_damage.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

namespace meshline {

Result<void> SqliteControl::insert_definitions(const std::vector<StoredDefinition>& definitions) {
    Statement insert = database_.prepare(
        "insert into definitions (digest, kind, name, bytes) values (?, ?, ?, ?)"
        " on conflict (digest) do nothing");
    for (const StoredDefinition& definition : definitions) {
        insert.reset();
        insert.bind(definition.digest)
            .bind(definition.kind)
            .bind(definition.name)
            .bind_blob(definition.bytes);
        MESHLINE_TRY(insert.run());
    }
    return {};
}

Result<void> SqliteControl::save_definitions(const std::vector<StoredDefinition>& definitions) {
    return database_.transact([&] { return insert_definitions(definitions); });
}

Result<StoredDefinition> SqliteControl::definition(const Digest& digest) {
    Statement select =
        database_.prepare("select kind, name, bytes from definitions where digest = ?");
    select.bind(digest);
    MESHLINE_ASSIGN(const bool has_row, select.step());
    if (!has_row) return missing_bytes(database_.file(), digest);
    StoredDefinition found{digest, select.text(0), select.text(1), select.text(2)};
    MESHLINE_TRY(check_digest(database_.file(), found.bytes, digest));
    return found;
}

Result<std::vector<StreamVersion>> SqliteControl::stream_versions(std::string_view stream) {
    Statement select = database_.prepare(
        "select version, contract_digest, identity from stream_versions where stream = ?"
        " order by version");
    select.bind(stream);
    std::vector<StreamVersion> versions;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return versions;
        StreamVersion& version = versions.emplace_back();
        version.stream = stream;
        version.version = static_cast<int>(select.integer(0));
        MESHLINE_ASSIGN(version.contract, select.digest(1));
        version.identity = select.text(2);
    }
}

Result<void> SqliteControl::save_stream_version(const StreamVersion& version) {
    Statement insert = database_.prepare(
        "insert into stream_versions (stream, version, contract_digest, identity)"
        " values (?, ?, ?, ?) on conflict (stream, version) do update"
        " set contract_digest = excluded.contract_digest, identity = excluded.identity");
    insert.bind(version.stream).bind(version.version).bind(version.contract).bind(version.identity);
    return insert.run();
}

Result<std::vector<std::string>> SqliteControl::captured_identities(const ClientId& client,
                                                                    const StreamName& stream) {
    Statement select = database_.prepare(
        "select identity from captured_identities where client_id = ? and source = ?"
        " and stream = ? order by identity");
    select.bind(client.text()).bind(stream.source).bind(stream.stream);
    std::vector<std::string> identities;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return identities;
        identities.emplace_back(select.text(0));
    }
}

Result<void> SqliteControl::note_captured_identity(const ClientId& client, const StreamName& stream,
                                                   const std::string& identity) {
    Statement insert = database_.prepare(
        "insert or ignore into captured_identities (client_id, source, stream, identity)"
        " values (?, ?, ?, ?)");
    insert.bind(client.text()).bind(stream.source).bind(stream.stream).bind(identity);
    return insert.run();
}

Result<std::vector<KeptZoneRules>> SqliteControl::kept_zone_rules() {
    Statement select = database_.prepare(
        "select client_id, zone, rules_digest from zone_rules order by client_id, zone");
    std::vector<KeptZoneRules> kept;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return kept;
        KeptZoneRules& one = kept.emplace_back();
        one.client = ClientId(std::string(select.text(0)));
        one.zone = select.text(1);
        MESHLINE_ASSIGN(one.rules, select.digest(2));
    }
}

Result<void> SqliteControl::keep_zone_rules(const std::vector<KeptZoneRules>& kept) {
    return database_.transact([&]() -> Result<void> {
        Statement insert = database_.prepare(
            "insert into zone_rules (client_id, zone, rules_digest) values (?, ?, ?)"
            " on conflict (client_id, zone) do update set rules_digest = excluded.rules_digest");
        for (const KeptZoneRules& one : kept) {
            insert.reset();
            insert.bind(one.client.text()).bind(one.zone).bind(one.rules);
            MESHLINE_TRY(insert.run());
        }
        return {};
    });
}

}  // namespace meshline
