#include "base/json/json.hpp"
#include "base/json/json_writer.hpp"
#include "core/model/encoded_figures.hpp"
#include "core/model/publication.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::size_t cells_per_figure = 4;

Result<Figure> decode_figure(JsonDocument& document, std::string_view line) {
    const Result<JsonValue> row = document.parse(line);
    if (!row.ok()) return bad_figures().because(row.error());
    if (!row->is(JsonType::array) || row->size() != cells_per_figure) return bad_figures();
    const JsonValue currency = row->first();
    const JsonValue dimension = currency.next();
    const JsonValue member = dimension.next();
    const Result<WideDecimal> amount = WideDecimal::parse(member.next().text(), Rounding::exact);
    if (!amount.ok()) return bad_figures().because(amount.error());
    return Figure{.currency = std::string(currency.text()),
                  .dimension = std::string(dimension.text()),
                  .member = std::string(member.text()),
                  .amount = *amount};
}

}  // namespace

Error bad_figures() {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "publication.bad_figures",
                 .message = "stored figures are not in their canonical form"};
}

void append_figure(std::string& bytes, const Figure& figure) {
    bytes.push_back('[');
    append_json_string(bytes, figure.currency);
    bytes.push_back(',');
    append_json_string(bytes, figure.dimension);
    bytes.push_back(',');
    append_json_string(bytes, figure.member);
    bytes.push_back(',');
    append_json_string(bytes, figure.amount.text());
    bytes += "]\n";
}

std::string encode_figures(std::vector<Figure> figures) {
    std::ranges::sort(figures);
    std::string bytes;
    for (const Figure& figure : figures)
        append_figure(bytes, figure);
    return bytes;
}

Result<std::optional<WideDecimal>> total_of_figures(std::string_view bytes,
                                                    std::string_view currency) {
    std::string wanted = "[";
    append_json_string(wanted, currency);
    wanted += R"(,"","",)";
    for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        const std::string_view line = bytes.substr(begin, end - begin);
        if (line.starts_with(wanted)) {
            std::string_view amount = line.substr(wanted.size());
            if (amount.size() < 3 || amount.front() != '"' || !amount.ends_with("\"]"))
                return bad_figures();
            amount = amount.substr(1, amount.size() - 3);
            const Result<WideDecimal> total = WideDecimal::parse(amount, Rounding::exact);
            if (!total.ok()) return bad_figures().because(total.error());
            return std::optional(*total);
        }
        begin = end + 1;
    }
    return std::optional<WideDecimal>();
}

Result<std::vector<Figure>> decode_figures(std::string_view bytes) {
    std::vector<Figure> figures;
    JsonDocument document;
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        MESHLINE_ASSIGN(Figure figure, decode_figure(document, rest.substr(0, end)));
        figures.push_back(std::move(figure));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    // One form for one value: other spacing, order or spelling is not what was published.
    if (encode_figures(figures) != bytes) return bad_figures();
    return figures;
}

}  // namespace meshline
