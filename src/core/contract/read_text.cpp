#include "core/contract/read_text.hpp"

#include <algorithm>

namespace meshline {
namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// Appends to a fixed buffer; what does not fit makes it full for good.
class Appender {
  public:
    explicit Appender(TextBuffer& buffer) : buffer_(buffer) {}

    void add(std::string_view text) {
        if (text.size() > buffer_.size() - size_) is_full_ = true;
        if (is_full_) return;
        std::ranges::copy(text, buffer_.data() + size_);
        size_ += text.size();
    }
    std::optional<std::string_view> text() const {
        if (is_full_) return std::nullopt;
        return std::string_view(buffer_.data(), size_);
    }

  private:
    TextBuffer& buffer_;
    std::size_t size_ = 0;
    bool is_full_ = false;
};

/// "1,234,567" without its commas; false where a group has not three digits (the first: one to
/// three, and no zero before them: "0,500" is half of one, written with another mark).
bool add_groups(std::string_view whole, char group_mark, Appender& out) {
    for (bool is_first = true; !whole.empty() || is_first; is_first = false) {
        const std::size_t size = std::min(whole.find(group_mark), whole.size());
        const bool is_sized = is_first ? size >= 1 && size <= 3 : size == 3;
        const std::string_view group = whole.substr(0, size);
        if (!is_sized || !std::ranges::all_of(group, is_digit)) return false;
        if (is_first && group[0] == '0') return false;
        out.add(group);
        whole.remove_prefix(size);
        if (whole.empty()) return true;
        whole.remove_prefix(1);
    }
    return false;
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto size = static_cast<std::size_t>(end - text.begin());
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return digits;
}

bool is_date_mark(char byte) {
    return byte == '-' || byte == '/' || byte == '.';
}

}  // namespace

std::optional<std::string_view> plain_number(std::string_view text, char decimal_mark,
                                             TextBuffer& buffer) {
    const char group_mark = decimal_mark == ',' ? '.' : ',';
    const bool has_groups = text.find(group_mark) != std::string_view::npos;
    const std::size_t mark = text.find(decimal_mark);
    if (!has_groups && (decimal_mark == '.' || mark == std::string_view::npos)) return text;

    Appender out(buffer);
    std::string_view whole = text.substr(0, mark);
    if (whole.starts_with('-') || whole.starts_with('+')) {
        out.add(whole.substr(0, 1));
        whole.remove_prefix(1);
    }
    if (!has_groups) {
        if (!std::ranges::all_of(whole, is_digit)) return std::nullopt;
        out.add(whole);
    } else if (!add_groups(whole, group_mark, out)) {
        return std::nullopt;
    }
    if (mark != std::string_view::npos) {
        const std::string_view fraction = text.substr(mark + 1);
        // What is not a digit here is another mark; Decimal refuses the rest.
        if (fraction.find_first_of(",.") != std::string_view::npos) return std::nullopt;
        out.add(".");
        out.add(fraction);
    }
    return out.text();
}

std::optional<std::string_view> plain_date(std::string_view text, ReadOptions::DateOrder order,
                                           TextBuffer& buffer) {
    std::array<std::string_view, 3> parts;
    std::string_view rest = text;
    char mark = '-';
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (index > 0) {
            if (rest.empty() || !is_date_mark(rest[0])) return std::nullopt;
            if (index == 2 && rest[0] != mark) return std::nullopt;
            mark = rest[0];
            rest.remove_prefix(1);
        }
        parts[index] = take_digits(rest);
    }
    const bool is_year_first = parts[0].size() == 4;
    const bool is_padded = parts[1].size() == 2 && parts[2].size() == 2;
    if (is_year_first && is_padded && mark == '-') return text;
    if (!is_year_first && order == ReadOptions::DateOrder::year_month_day) return std::nullopt;
    if (!is_year_first) {
        if (order == ReadOptions::DateOrder::day_month_year) std::swap(parts[0], parts[1]);
        std::ranges::rotate(parts, parts.begin() + 2);
    }
    const auto& [year, month, day] = parts;
    const auto is_short = [](std::string_view part) {
        return part.size() == 1 || part.size() == 2;
    };
    if (year.size() != 4 || !is_short(month) || !is_short(day)) return std::nullopt;
    Appender out(buffer);
    out.add(year);
    for (const std::string_view part : {month, day}) {
        out.add(part.size() == 1 ? "-0" : "-");
        out.add(part);
    }
    out.add(rest);
    return out.text();
}

}  // namespace meshline
