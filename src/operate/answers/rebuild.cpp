#include "operate/answers/rebuild.hpp"

#include "stages/publish/publish.hpp"

namespace meshline {

Result<bool> accept_loss(OpenWorkspace& opened, Instant at) {
    MESHLINE_ASSIGN(DataFolder * data, opened.data());
    MESHLINE_TRY(data->check_writable());
    return data->accept_loss(at);
}

Result<Rebuild> rebuild(OpenWorkspace& opened, const StageList& stages) {
    MESHLINE_ASSIGN(DataFolder * data, opened.data());
    MESHLINE_TRY(data->check_writable());
    MESHLINE_ASSIGN(const auto workspace, opened.whole_definitions());
    // The others are asked first: a warehouse is not thrown away for a log that cannot be read, nor
    // for the control store of a newer Meshline.
    MESHLINE_TRY(data->log());
    MESHLINE_TRY(data->control());
    MESHLINE_TRY(data->remake_warehouse());
    MESHLINE_ASSIGN(const RunStores stores, opened.run_stores());
    RunRequest request;
    for (const ClientDefinition& client : workspace->clients)
        request.clients.push_back(&client);
    Rebuild rebuilt;
    MESHLINE_ASSIGN(rebuilt.reports, run_clients(*workspace, stages, stores, request));
    for (std::size_t index = 0; index < rebuilt.reports.size(); ++index) {
        if (rebuilt.reports[index].error) return *rebuilt.reports[index].error;
        MESHLINE_ASSIGN(StageContext context,
                        make_context(*workspace, *request.clients[index], stores));
        MESHLINE_ASSIGN(const std::int64_t count, recompute_publications(context));
        rebuilt.recomputed += count;
    }
    return rebuilt;
}

}  // namespace meshline
