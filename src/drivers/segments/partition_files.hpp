#pragma once

#include "core/model/ids.hpp"
#include "drivers/segments/segment.hpp"

#include <string>

namespace meshline {

/// The files of a client's folder.
inline std::string segment_path(const std::string& folder, Position first_position) {
    return folder + "/" + segment_name(first_position);
}
inline std::string head_path(const std::string& folder) {
    return folder + "/head";
}
inline std::string seals_path(const std::string& folder) {
    return folder + "/seals";
}
inline std::string identity_path(const std::string& folder) {
    return folder + "/identity.index";
}

}  // namespace meshline
