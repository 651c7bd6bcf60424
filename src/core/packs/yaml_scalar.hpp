#pragma once

#include "base/money/decimal.hpp"
#include "base/yaml/yaml.hpp"
#include "core/packs/yaml_file.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace meshline {

struct IntegerRange {
    int min;
    int max;
};

struct DecimalRange {
    Decimal min;
    Decimal max;
};

/// The value of a scalar node. What a node cannot give is reported as the value of `key`
/// (workspace.wrong_type, workspace.out_of_range, workspace.bad_name) and nothing comes back.
///
/// Text is never empty, and a plain number or boolean is no text: other YAML readers would read
/// "007" as 7 and "true" as a boolean, so such texts have to be quoted.
std::optional<std::string> read_text(const YamlNode& node, std::string_view key, YamlFile& file);
/// Text that is_name() accepts.
std::optional<std::string> read_name(const YamlNode& node, std::string_view key, YamlFile& file);
std::optional<int> read_integer(const YamlNode& node, std::string_view key, IntegerRange range,
                                YamlFile& file);
/// At most six digits after the point.
std::optional<Decimal> read_decimal(const YamlNode& node, std::string_view key,
                                    const DecimalRange& range, YamlFile& file);
/// true or false, nothing else.
std::optional<bool> read_boolean(const YamlNode& node, std::string_view key, YamlFile& file);

/// What a message says was found: text "abc", number 5, a list, nothing.
std::string describe(const YamlNode& node);

}  // namespace meshline
