#include "base/jsonschema/schema_output.hpp"

#include "base/json/json_pointer.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>

namespace meshline {
namespace {

using Steps = std::vector<std::string>;

/// An error with the steps of its way through the schema.
struct Placed {
    Steps steps;
    std::size_t number;  ///< In the order of the errors.
    const SchemaError* error;
};

void write_error(JsonWriter& writer, const SchemaError& error) {
    writer.member("keyword", error.keyword);
    writer.member("keywordLocation", error.keyword_location);
    writer.member("absoluteKeywordLocation", error.absolute_keyword_location);
    writer.member("instanceLocation", error.instance_location);
    writer.member("error", error.message);
    if (!error.hint.empty()) writer.member("hint", error.hint);
}

std::size_t shared_steps(std::span<const Placed> errors) {
    std::size_t shared = errors.front().steps.size();
    for (const Placed& one : errors) {
        const auto [here, there] = std::ranges::mismatch(errors.front().steps, one.steps);
        shared = std::min<std::size_t>(
            shared, static_cast<std::size_t>(here - errors.front().steps.begin()));
    }
    return shared;
}

/// The errors, which share `depth` steps, as nodes: one for each next step. A way that does not
/// branch is one node. Calls itself once for each place where it does.
void write_nodes(JsonWriter& writer, std::span<const Placed> errors, std::size_t depth) {
    writer.begin_array();
    while (!errors.empty()) {
        const auto is_of_group = [&](const Placed& one) {
            return one.steps.size() > depth && errors.front().steps.size() > depth &&
                   one.steps[depth] == errors.front().steps[depth];
        };
        std::size_t count = 1;
        while (count < errors.size() && is_of_group(errors[count]))
            ++count;
        const std::span<const Placed> group = errors.first(count);
        errors = errors.subspan(count);
        const std::size_t shared = shared_steps(group);
        const bool has_own_error = group.front().steps.size() == shared;
        writer.begin_object().member("valid", false);
        if (has_own_error) {
            write_error(writer, *group.front().error);
        } else {
            std::string location;
            for (std::size_t step = 0; step < shared; ++step)
                location += pointer_step(group.front().steps[step]);
            writer.member("keywordLocation", location);
        }
        const std::span<const Placed> inside = group.subspan(has_own_error ? 1 : 0);
        if (!inside.empty()) {
            writer.key("errors");
            write_nodes(writer, inside, shared);
        }
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace

std::optional<OutputForm> output_form_of_name(std::string_view name) {
    if (name == "flag") return OutputForm::flag;
    if (name == "basic") return OutputForm::basic;
    if (name == "detailed") return OutputForm::detailed;
    return std::nullopt;
}

void write_output(JsonWriter& writer, const std::vector<SchemaError>& errors, OutputForm form) {
    writer.member("valid", errors.empty());
    if (form == OutputForm::flag) return;
    writer.key("errors");
    if (form == OutputForm::detailed && !errors.empty()) {
        std::vector<Placed> placed;
        for (const SchemaError& error : errors)
            placed.push_back({pointer_steps(error.keyword_location), placed.size(), &error});
        // Errors of one keyword stand together, whatever value each is about.
        std::ranges::sort(placed, [](const Placed& a, const Placed& b) {
            return std::tie(a.steps, a.number) < std::tie(b.steps, b.number);
        });
        write_nodes(writer, placed, 0);
        return;
    }
    writer.begin_array();
    for (const SchemaError& error : errors) {
        writer.begin_object();
        write_error(writer, error);
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace meshline
