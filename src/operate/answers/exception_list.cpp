#include "operate/answers/exception_list.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace meshline {

Result<void> check_exception_type(const std::string& type) {
    const std::vector<std::string> types(std::begin(exception_type_names),
                                         std::end(exception_type_names));
    if (type.empty() || std::ranges::find(types, type) != types.end()) return {};
    return Error{.kind = ErrorKind::not_found,
                 .code = "exception.unknown_type",
                 .message = fmt::format("there is no exception type \"{}\"", type),
                 .hint = hint_for_unknown(type, types)};
}

Result<void> check_owner(const Workspace& workspace, const std::string& owner) {
    if (owner.empty() || workspace.owners.has(owner)) return {};
    return Error{.kind = ErrorKind::not_found,
                 .code = "owner.unknown",
                 .message = fmt::format("the workspace has no owner \"{}\"", owner),
                 .hint = hint_for_unknown(owner, workspace.owners.ids())};
}

Result<ExceptionList> list_exceptions(ControlStore& control, const ExceptionQuery& query) {
    ExceptionFilter filter;
    filter.client = query.client;
    if (!query.type.empty()) filter.type = query.type;
    if (!query.owner.empty()) filter.owner = query.owner;
    filter.is_closed_too = query.is_closed_too;
    // What is at risk is summed from what each of them claims.
    filter.has_claims = true;
    ExceptionList list;
    MESHLINE_ASSIGN(list.items, control.exceptions(filter));
    list.at_risk = money_at_risk(list.items);
    return list;
}

}  // namespace meshline
