#include "drivers/segments/partition.hpp"

#include "drivers/segments/partition_files.hpp"
#include "drivers/segments/read_block.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {

Result<std::unique_ptr<Partition>> Partition::open(const ClientId& client,
                                                   const std::string& folder,
                                                   const SegmentOptions& options) {
    MESHLINE_ASSIGN(Recovered recovered, recover_partition(client, folder, options.access));
    return std::unique_ptr<Partition>(new Partition(client, folder, options, std::move(recovered)));
}

Partition::Partition(const ClientId& client, const std::string& folder,
                     const SegmentOptions& options, Recovered recovered)
    : client_(client),
      folder_(folder),
      options_(options),
      removed_bytes_(recovered.removed_bytes),
      head_(recovered.head()),
      position_given_(head_.position),
      is_changed_(recovered.ending == Ending::opened && options.access == LogAccess::writing),
      writer_(client, folder, options, recovered) {
    segments_ = std::move(recovered.segments);
}

Partition::~Partition() {
    close();
}

/// Whatever fails here leaves files that say "not closed": the next opening then checks more.
void Partition::close() {
    if (failure_ || !is_changed_ || options_.access == LogAccess::reading) return;
    save_identities();
    static_cast<void>(writer_.close());
}

void Partition::rest() {
    const std::lock_guard lock(mutex_);
    save_identities();
}

/// Where the index cannot be saved it stays in memory; the next opening makes it again. It is never
/// saved with events that are not durable.
void Partition::save_identities() {
    if (options_.access == LogAccess::reading) return;
    if (!identities_ || failure_ || position_given_ != head_.position) return;
    if (options_.access == LogAccess::reading) return;
    if (identities_->save(head_).ok()) identities_->forget();
}

LogHead Partition::head() const {
    const std::lock_guard lock(mutex_);
    return head_;
}

BlockLocation Partition::locate(Position position) const {
    const std::lock_guard lock(mutex_);
    return locate_block(segments_, position);
}

Result<Digest> Partition::root_at(Position position) const {
    const LogHead head = this->head();
    if (position > head.position) {
        return Error{.kind = ErrorKind::not_found,
                     .code = "log.no_such_position",
                     .message = fmt::format("the log of \"{}\" has no position {}", client_.text(),
                                            position),
                     .hint = fmt::format("Its last position is {}.", head.position)};
    }
    if (position == head.position) return head.root;
    if (position == 0) return merkle_empty_root();
    MESHLINE_ASSIGN(const MerkleFrontier tree, tree_at(client_, locate(position), position));
    return tree.root();
}

}  // namespace meshline
