#include "base/json/json_equal.hpp"
#include "base/json/tape_builder.hpp"

#include <algorithm>

namespace meshline {

/// Takes all but one of the members that bear one name off the tape: the object has just been read,
/// so its members are the end of it. The cost is that of sorting the names.
bool TapeBuilder::leave_out_duplicates(const JsonTape& tape, std::span<const KeyRecord> keys,
                                       Level& level) {
    std::vector<std::uint32_t> by_name;
    for (const KeyRecord& key : keys)
        by_name.push_back(key.node);
    const auto name_of = [&](std::uint32_t node) { return JsonValue(&tape, node).text(); };
    std::ranges::sort(by_name, [&](std::uint32_t a, std::uint32_t b) {
        const int order = name_of(a).compare(name_of(b));
        return order != 0 ? order < 0 : a < b;
    });
    const bool is_last_taken = input_.duplicate_keys == DuplicateKeys::last;
    std::vector<std::uint32_t> left_out;
    for (std::size_t index = 1; index < by_name.size(); ++index) {
        const std::uint32_t earlier = by_name[index - 1];
        const std::uint32_t later = by_name[index];
        if (name_of(earlier) != name_of(later)) continue;
        const bool is_equal =
            is_last_taken || is_json_equal({&tape, earlier + 1}, {&tape, later + 1});
        if (!is_equal) {
            fault_ = {"json.duplicate_key", "another value of key", input_.nodes[later].begin};
            return false;
        }
        left_out.push_back(earlier);
    }
    std::ranges::sort(left_out);
    take_out(left_out);
    level.count -= static_cast<std::uint32_t>(left_out.size());
    left_out_keys_ = true;
    return true;
}

/// Closes the gaps that members leave; `members` are nodes of names, in order.
void TapeBuilder::take_out(std::span<const std::uint32_t> members) {
    std::uint32_t out = members.front();
    for (std::size_t index = 0; index < members.size(); ++index) {
        const std::uint32_t begin = end_of_member(members[index]);
        const std::uint32_t end = index + 1 < members.size() ? members[index + 1] : node_count_;
        for (std::uint32_t node = begin; node < end; ++node, ++out) {
            input_.nodes[out] = input_.nodes[node];
            input_.key_hashes[out] = input_.key_hashes[node];
            const bool is_container = input_.nodes[out].type() >= JsonType::array;
            // A container ends within what moves, so its end moves with it.
            if (is_container) input_.nodes[out].link -= node - out;
        }
    }
    node_count_ = out;
}

/// The node after the member whose name is at `member`.
std::uint32_t TapeBuilder::end_of_member(std::uint32_t member) const {
    const JsonNode& value = input_.nodes[member + 1];
    return value.type() >= JsonType::array ? value.link : member + 2;
}

}  // namespace meshline
