#include "core/control/accepted_loss.hpp"

#include "base/json/json.hpp"

namespace meshline {

std::string encode_audit_leaf(const AcceptedLoss& loss) {
    // Members stand in the order of their names.
    JsonWriter writer;
    writer.begin_object().member("act", "accept_loss").member("at", loss.at.text());
    if (loss.lost) {
        writer.member("lost_root", loss.lost->root.hex()).member("lost_size", loss.lost->size);
    }
    writer.member("size", loss.here.size);
    return writer.end_object().take();
}

}  // namespace meshline
