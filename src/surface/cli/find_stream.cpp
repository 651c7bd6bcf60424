#include "surface/cli/find_stream.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {

Result<StreamChoice> find_stream(const ClientDefinition& client, const std::string& name) {
    const std::size_t slash = name.find('/');
    const std::string source_name = name.substr(0, slash);
    const std::string stream_name = slash == std::string::npos ? "" : name.substr(slash + 1);
    const SourceDefinition* source = client.find(source_name);
    if (!source) {
        std::vector<std::string> known;
        for (const SourceDefinition& one : client.sources)
            known.push_back(one.head.name);
        return Error{.kind = ErrorKind::not_found,
                     .code = "source.unknown",
                     .message = fmt::format("client \"{}\" has no source \"{}\"", client.id.text(),
                                            source_name),
                     .hint = hint_for_unknown(source_name, known)};
    }
    const auto& streams = source->streams;
    if (std::find(streams.begin(), streams.end(), stream_name) == streams.end()) {
        return Error{
            .kind = ErrorKind::not_found,
            .code = "stream.unknown",
            .message = fmt::format("source \"{}\" has no stream \"{}\"", source_name, stream_name),
            .hint = stream_name.empty() ? fmt::format("Write {}/STREAM. {}", source_name,
                                                      hint_for_unknown("", streams))
                                        : hint_for_unknown(stream_name, streams)};
    }
    return StreamChoice{source, source->pack->find(stream_name)};
}

}  // namespace meshline
