#include "schema_partners.hpp"

#include "process.hpp"
#include "trouble.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <sstream>

namespace meshline::bench {
namespace {

/// "/path/orders.jsonl[7]: PASS 0.009 +- 0.060 us (0.025)": the mean of each document's rounds.
Result<double> rate_of_sourcemeta(const std::string& printed, std::int64_t lines) {
    std::istringstream input(printed);
    std::string line;
    double micros = 0;
    std::int64_t count = 0;
    while (std::getline(input, line)) {
        constexpr std::string_view mark = "PASS ";
        const std::size_t at = line.find(mark);
        if (at == std::string::npos) continue;
        micros += std::stod(line.substr(at + mark.size()));
        ++count;
    }
    if (count != lines || micros <= 0) return trouble("cannot read what jsonschema prints");
    return static_cast<double>(count) / micros * 1e6;
}

}  // namespace

Result<std::optional<PartnerRates>> measure_partners(const std::string& schema,
                                                     const std::string& file, std::int64_t lines,
                                                     std::int64_t count) {
    const std::string modules = MESHLINE_SOURCE_DIR "/.deps/partners/node_modules";
    if (!std::filesystem::exists(modules)) return std::optional<PartnerRates>();
    PartnerRates rates;
    MESHLINE_ASSIGN(
        const std::string ajv,
        output_of_program({"/usr/bin/env", "node", MESHLINE_SOURCE_DIR "/bench/partners/ajv.mjs",
                           modules, schema, file, std::to_string(count)}));
    std::istringstream printed(ajv);
    printed >> rates.ajv_parsed_before >> rates.ajv_parsed_too;
    if (!printed) return trouble("cannot read what ajv.mjs prints");
    MESHLINE_ASSIGN(const std::string sourcemeta,
                    output_of_program({"/usr/bin/env", "node", modules + "/.bin/jsonschema",
                                       "validate", schema, file, "--fast", "--benchmark", "--loop",
                                       std::to_string(std::max<std::int64_t>(count / lines, 1))}));
    MESHLINE_ASSIGN(rates.sourcemeta_parsed_before, rate_of_sourcemeta(sourcemeta, lines));
    return std::optional(rates);
}

}  // namespace meshline::bench
