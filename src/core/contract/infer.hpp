#pragma once

#include "base/json/json_value.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// Proposes a contract from samples: every field that was seen with its types, as required where it
/// was always there, and with an annotation where all its values read as one. Each field says how
/// often it was seen. What it proposes compiles, and every sample keeps it.
class ContractInference {
  public:
    static constexpr std::size_t fields_max = 4000;
    static constexpr int levels_max = 60;

    ContractInference();
    ~ContractInference();
    ContractInference(ContractInference&&) noexcept;
    ContractInference& operator=(ContractInference&&) noexcept;

    void add(JsonValue sample);
    std::int64_t sample_count() const;
    /// Fields that are left open because a transform could not tell them apart or there are too
    /// many: "a/B" for the member B of a.
    const std::vector<std::string>& left_open() const;
    /// The JSON Schema, for people to read on.
    std::string schema() const;

    struct Field;

  private:
    std::unique_ptr<Field> root_;
    std::size_t field_count_ = 0;
    std::vector<std::string> left_open_;
};

}  // namespace meshline
