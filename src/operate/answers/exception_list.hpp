#pragma once

#include "core/control/control_store.hpp"
#include "core/control/money_at_risk.hpp"
#include "core/workspace/definitions.hpp"

#include <string>
#include <vector>

namespace meshline {

/// What broke, by severity and money at risk, and what each client has at risk altogether: read
/// from the control store alone.
struct ExceptionList {
    std::vector<ExceptionItem> items;  ///< In the order of ControlStore::exceptions().
    std::vector<MoneyAtRisk> at_risk;
};

/// Which exceptions are asked for; empty text: all.
struct ExceptionQuery {
    std::optional<ClientId> client;
    std::string type;
    std::string owner;
    bool is_closed_too = false;

    bool is_filtered() const { return !type.empty() || !owner.empty(); }
};

Result<ExceptionList> list_exceptions(ControlStore& control, const ExceptionQuery& query);

/// A misspelt filter would read as "all is well". Empty text is none.
/// Error exception.unknown_type with the nearest name.
Result<void> check_exception_type(const std::string& type);
/// Error owner.unknown.
Result<void> check_owner(const Workspace& workspace, const std::string& owner);

/// {"exceptions": [...], "at_risk": [...]}; money is text, times and days are texts or null.
std::string exception_list_json(const ExceptionList& list);

}  // namespace meshline
