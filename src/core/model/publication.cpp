#include "core/model/publication.hpp"

#include "base/json/json_writer.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 4> state_names = {"provisional", "verified", "held",
                                                         "restated"};

}  // namespace

std::optional<PublicationState> publication_state_of(std::string_view name) {
    const auto found = std::ranges::find(state_names, name);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<PublicationState>(found - state_names.begin());
}

std::string_view name_of(PublicationState state) {
    return state_names[static_cast<std::size_t>(state)];
}

std::string publication_period_text(const Publication& publication) {
    const std::string first = period_text(publication.grain, publication.period);
    const bool is_range =
        publication.grain == Grain::day && publication.through != publication.period;
    return is_range ? first + "/" + publication.through.text() : first;
}

std::string encode_audit_leaf(const Publication& publication) {
    // Members stand in the order of their names: that is what makes the form canonical.
    JsonWriter writer;
    writer.begin_object()
        .member("checks_digest", publication.checks_digest.hex())
        .member("client", publication.client.text())
        .member("definitions_digest", publication.definitions_digest.hex());
    if (publication.grain != Grain::day) writer.member("grain", name_of(publication.grain));
    writer.member("log_position", publication.log_position)
        .member("log_root", publication.log_root.hex())
        .member("metric", publication.metric)
        .member("period", publication.period.text())
        .member("published_at", publication.published_at.text())
        .member("reason", publication.reason)
        .member("result_digest", publication.result_digest.hex())
        .member("run", publication.run.text())
        .member("state", name_of(publication.state));
    if (publication.through != publication.period)
        writer.member("through", publication.through.text());
    writer.member("version", publication.version).end_object();
    return writer.take();
}

}  // namespace meshline
