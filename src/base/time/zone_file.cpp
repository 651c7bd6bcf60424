#include "base/time/zone_file.hpp"

#include "base/time/civil.hpp"
#include "base/time/clock_rule.hpp"

#include <cstddef>
#include <vector>

namespace meshline {
namespace {

constexpr std::size_t header_size = 44;
constexpr std::size_t counts_at = 20;
constexpr std::size_t type_size = 6;
constexpr std::int64_t year_one = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t last_rule_year = 2399;

/// A big-endian number of two's complement. The caller has looked that it is there.
std::int64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value =
        (static_cast<unsigned char>(bytes[at]) & 0x80) != 0 ? ~std::uint64_t{} : 0;
    for (std::size_t index = 0; index < size; ++index)
        value = (value << 8) | static_cast<unsigned char>(bytes[at + index]);
    return static_cast<std::int64_t>(value);
}

/// One header of the file and the block of data behind it.
struct Block {
    std::size_t time_size = 4;
    std::size_t utc_count = 0;
    std::size_t standard_count = 0;
    std::size_t leap_count = 0;
    std::size_t time_count = 0;
    std::size_t type_count = 0;
    std::size_t name_size = 0;
    std::string_view data;

    std::size_t size() const {
        return time_count * (time_size + 1) + type_count * type_size + name_size +
               leap_count * (time_size + 4) + standard_count + utc_count;
    }
    std::int64_t second(std::size_t index) const {
        return number_at(data, index * time_size, time_size);
    }
    std::size_t type(std::size_t index) const {
        return static_cast<unsigned char>(data[time_count * time_size + index]);
    }
    std::int64_t offset(std::size_t type) const {
        return number_at(data, time_count * (time_size + 1) + type * type_size, 4);
    }
};

/// Takes a block off the front of the bytes.
std::optional<Block> take_block(std::string_view& bytes, std::size_t time_size) {
    if (bytes.size() < header_size || !bytes.starts_with("TZif")) return std::nullopt;
    Block block{.time_size = time_size};
    std::size_t* const counts[] = {&block.utc_count,  &block.standard_count, &block.leap_count,
                                   &block.time_count, &block.type_count,     &block.name_size};
    std::size_t at = counts_at;
    for (std::size_t* count : counts) {
        const std::int64_t value = number_at(bytes, at, 4);
        // More than the file has bytes is no count, and keeps the sums below small.
        if (value < 0 || static_cast<std::size_t>(value) > bytes.size()) return std::nullopt;
        *count = static_cast<std::size_t>(value);
        at += 4;
    }
    bytes.remove_prefix(header_size);
    if (block.size() > bytes.size() || block.type_count == 0) return std::nullopt;
    block.data = bytes.substr(0, block.size());
    bytes.remove_prefix(block.size());
    return block;
}

/// Gathers transitions in order, without those that change nothing.
class RulesBuilder {
  public:
    explicit RulesBuilder(std::int64_t start) : start_(start), offset_(start) {}

    bool add(std::int64_t second, std::int64_t offset) {
        if (second < last_) return false;
        last_ = second;
        if (second <= year_one) {
            start_ = offset_ = offset;
        } else if (second < zone_rules_end && offset != offset_) {
            transitions_.push_back({second, static_cast<std::int32_t>(offset)});
            offset_ = offset;
        }
        return true;
    }
    std::int64_t last() const { return last_; }
    std::optional<ZoneRules> finish() {
        auto rules = ZoneRules::create(static_cast<std::int32_t>(start_), std::move(transitions_));
        if (!rules.ok()) return std::nullopt;
        return std::move(rules).value();
    }

  private:
    std::int64_t start_;
    std::int64_t offset_;
    std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
    std::vector<ZoneRules::Transition> transitions_;
};

/// What the footer says of the time after the last transition.
bool add_footer(std::string_view footer, RulesBuilder& builder) {
    const std::size_t end = footer.size() < 2 ? std::string_view::npos : footer.find('\n', 1);
    if (end == std::string_view::npos || footer.front() != '\n') return false;
    footer = footer.substr(1, end - 1);
    if (footer.empty()) return true;
    const auto rule = ClockRule::parse(footer);
    if (!rule) return false;
    const std::int64_t last = std::max(builder.last(), year_one);
    const std::int64_t year = last >= zone_rules_end
                                  ? last_rule_year
                                  : civil_date_of(floor_divide(last, seconds_per_day)).year;
    for (const ZoneRules::Transition& one : rule->transitions(year, last_rule_year)) {
        if (one.second > last && !builder.add(one.second, one.offset)) return false;
    }
    return true;
}

}  // namespace

std::optional<ZoneRules> read_zone_file(std::string_view bytes) {
    std::string_view rest = bytes;
    std::optional<Block> block = take_block(rest, 4);
    if (!block) return std::nullopt;
    // From the second version on a block of 64-bit times follows, and a rule for what comes after.
    const bool has_footer = bytes[4] >= '2';
    if (has_footer) block = take_block(rest, 8);
    if (!block || block->leap_count > 0) return std::nullopt;
    for (std::size_t type = 0; type < block->type_count; ++type) {
        const std::int64_t offset = block->offset(type);
        if (offset < -zone_offset_max || offset > zone_offset_max) return std::nullopt;
    }
    RulesBuilder builder(block->offset(0));
    for (std::size_t index = 0; index < block->time_count; ++index) {
        const std::size_t type = block->type(index);
        if (type >= block->type_count) return std::nullopt;
        if (!builder.add(block->second(index), block->offset(type))) return std::nullopt;
    }
    if (has_footer && !add_footer(rest, builder)) return std::nullopt;
    return builder.finish();
}

}  // namespace meshline
