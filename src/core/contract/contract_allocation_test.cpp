// Goal: reading and judging a payload that keeps its contract allocates nothing.
// Method: count calls of the global operator new between two points of one thread.
#include "base/json/json.hpp"
#include "core/contract/contract.hpp"

#include <cstddef>
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>

namespace {
thread_local std::size_t allocation_count = 0;
}  // namespace

void* operator new(std::size_t size) {
    ++allocation_count;
    if (void* bytes = std::malloc(size)) return bytes;
    std::abort();
}
void operator delete(void* bytes) noexcept {
    std::free(bytes);
}
void operator delete(void* bytes, std::size_t /*size*/) noexcept {
    std::free(bytes);
}

namespace meshline {
namespace {

std::size_t allocations_of(const Contract& contract, std::string_view text,
                           const ReadOptions& options) {
    JsonDocument document;
    // The first round grows the buffers that the second one uses again.
    for (int round = 0;; ++round) {
        const std::size_t before = allocation_count;
        const auto payload = document.parse(text);
        EXPECT_TRUE(payload.ok());
        EXPECT_TRUE(contract.judge(*payload, options).empty());
        if (round == 1) return allocation_count - before;
    }
}

TEST(JudgeAllocation, good_payload_costs_none) {
    const auto contract = Contract::compile(R"({
        "type": "object", "required": ["id", "at", "currency", "total"],
        "anyOf": [{"required": ["total"]}], "not": {"required": ["never"]},
        "properties": {
            "id": {"type": ["integer", "string"], "enum": [7, 8], "minimum": 1},
            "at": {"x-meshline": "instant"}, "on": {"x-meshline": "date"},
            "currency": {"x-meshline": "currency"}, "total": {"x-meshline": "money"},
            "name": {"pattern": "^[a-z ]+$", "minLength": 1},
            "lines": {"type": "array", "items": {"properties": {"q": {"multipleOf": 0.5}}}}}})",
                                            "f");
    ASSERT_TRUE(contract.ok());
    constexpr std::string_view payload =
        R"({"id":7,"at":"2026-03-01T11:00:00-05:00","on":"2026-03-01","currency":"USD",
            "total":"1,409.94","name":"a name that is long enough \u0061","lines":[{"q":1.5},{}]})";
    EXPECT_EQ(allocations_of(*contract, payload, ReadOptions{}), 0u);

    ReadOptions options;
    options.columns = {{"total", "amount of the line in currency"}};
    options.constants = {{"currency", "EUR"}};
    constexpr std::string_view row =
        R"({"id":8,"at":"2026-03-01T11:00:00Z","amount of the line in currency":"-0.50"})";
    EXPECT_EQ(allocations_of(*contract, row, options), 0u);
}

}  // namespace
}  // namespace meshline
