#pragma once

#include "core/model/finding.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The key of a finding that is about these things: the parts with a blank between them. Different
/// parts give different keys, as long as those of one type of finding have the same number of parts
/// or say what they are; so a backslash in a part is written twice and a blank as "\_". Parts
/// without either stand as they are, and an empty part is an empty word. A part alone has nothing
/// to be told from, so its blanks stay.
std::string finding_key(std::initializer_list<std::string_view> parts);

/// The same key of the parts that `text` was made of by finding_key or finding_key_part_sql, behind
/// `before`.
std::string finding_key_behind(std::initializer_list<std::string_view> before,
                               std::string_view text);

/// SQL for a text column as finding_key writes a part.
std::string finding_key_part_sql(std::string_view column);

/// Findings of one type and key are one exception, which can have only one truth. No stage should
/// have two; where one has, the first takes up what the others doubt, the worst severity and the
/// largest amount, and says in its evidence how many it stands for, so that none is lost and the
/// client's run goes on.
std::vector<Finding> merge_same_keys(std::vector<Finding> findings);

}  // namespace meshline
