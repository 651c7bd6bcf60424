#include "base/json/json.hpp"
#include "core/model/encoded_figures.hpp"
#include "core/model/publication.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace meshline {
namespace {

using Key = std::tuple<std::string_view, std::string_view, std::string_view>;

/// The key of one encoded figure. Texts without escapes are views into the line; a line with some
/// is decoded, which is rare.
class LineKey {
  public:
    /// False for what encode_figures() does not make.
    bool read(std::string_view line) {
        if (line.find('\\') == std::string_view::npos) return split(line);
        const Result<JsonValue> row = document_.parse(line);
        if (!row.ok() || !row->is(JsonType::array) || row->size() != texts_.size() + 1)
            return false;
        JsonValue cell = row->first();
        for (std::string_view& text : texts_) {
            text = cell.text();
            cell = cell.next();
        }
        return true;
    }

    Key key() const { return {texts_[0], texts_[1], texts_[2]}; }

  private:
    /// ["USD","channel","web","12.5"]: the texts lie between every second quote.
    bool split(std::string_view line) {
        std::size_t at = 0;
        for (std::string_view& text : texts_) {
            const std::size_t begin = line.find('"', at);
            if (begin == std::string_view::npos) return false;
            const std::size_t end = line.find('"', begin + 1);
            if (end == std::string_view::npos) return false;
            text = line.substr(begin + 1, end - begin - 1);
            at = end + 1;
        }
        return true;
    }

    JsonDocument document_;
    std::array<std::string_view, 3> texts_;
};

Key key_of(const Figure& figure) {
    return {figure.currency, figure.dimension, figure.member};
}

}  // namespace

Result<std::string> change_figures(std::string_view bytes, std::vector<FigureChange> changes) {
    std::ranges::sort(changes, {},
                      [](const FigureChange& change) { return key_of(change.figure); });
    std::string changed;
    changed.reserve(bytes.size());
    auto next = changes.begin();
    const auto append_next = [&] {
        if (next->is_there) append_figure(changed, next->figure);
        ++next;
    };
    LineKey line_key;
    for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t end = bytes.find('\n', begin);
        if (end == std::string_view::npos || !line_key.read(bytes.substr(begin, end - begin))) {
            return bad_figures();
        }
        const Key key = line_key.key();
        while (next != changes.end() && key_of(next->figure) < key)
            append_next();
        if (next != changes.end() && key_of(next->figure) == key) {
            append_next();
        } else {
            changed += bytes.substr(begin, end + 1 - begin);
        }
        begin = end + 1;
    }
    while (next != changes.end())
        append_next();
    return changed;
}

}  // namespace meshline
