#include "base/result/error.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {

std::string Place::text() const {
    if (line > 0 && column > 0) return fmt::format("{}:{}:{}", file, line, column);
    if (line > 0) return fmt::format("{}:{}", file, line);
    if (offset >= 0) return fmt::format("{} at byte {}", file, offset);
    return file;
}

Error Error::at(Place place) && {
    where = std::move(place);
    return std::move(*this);
}

Error Error::because(Error reason) && {
    cause = std::make_shared<const Error>(std::move(reason));
    return std::move(*this);
}

std::string_view name_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
            return "invalid";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::refused:
            return "refused";
        case ErrorKind::unavailable:
            return "unavailable";
        case ErrorKind::exhausted:
            return "exhausted";
        case ErrorKind::corrupt:
            return "corrupt";
    }
    return "invalid";
}

int exit_code_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
            return 2;
        case ErrorKind::not_found:
            return 3;
        case ErrorKind::conflict:
            return 4;
        case ErrorKind::refused:
            return 5;
        case ErrorKind::unavailable:
            return 6;
        case ErrorKind::exhausted:
            return 7;
        case ErrorKind::corrupt:
            return 8;
    }
    return 2;
}

std::string render(const Error& error) {
    // Messages and places hold texts of records, files and arguments.
    std::string text = "error: " + shown_text(error.message);
    if (error.where.is_known()) text += "\n  at " + shown_text(error.where.text());
    if (!error.hint.empty()) text += "\n  hint: " + shown_text(error.hint);
    if (!error.code.empty()) text += "\n  code: " + error.code;
    for (const Error* cause = error.cause.get(); cause; cause = cause->cause.get()) {
        text += "\n  because: " + shown_text(cause->message);
        if (cause->where.is_known()) text += " (at " + shown_text(cause->where.text()) + ")";
    }
    return text;
}

}  // namespace meshline
