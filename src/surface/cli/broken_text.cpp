#include "surface/cli/broken_text.hpp"

#include "surface/cli/text_line.hpp"

#include <fmt/format.h>

namespace meshline {

std::string broken_sentence(const LeftOut& broken) {
    const Place& where = broken.why.where;
    return fmt::format("{} {} is left out: {}{}", name_of(broken.kind), broken.name,
                       broken.why.message,
                       where.is_known() ? fmt::format(" ({})", where.text()) : "");
}

std::string broken_text(const std::vector<const LeftOut*>& broken) {
    std::string text;
    for (const LeftOut* one : broken)
        text += text_line("{}", broken_sentence(*one));
    return text;
}

}  // namespace meshline
