#include "surface/cli/output.hpp"

#include "base/text/text.hpp"

#include <cstdio>

namespace meshline {

void print(std::string_view text) {
    print_data(shown_lines(text));
}

void print_json(std::string_view json) {
    print_data(json_shown_text(json));
}

void print_data(std::string_view bytes) {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

void print_note(std::string_view text) {
    const std::string shown = shown_lines(text);
    // Where both go to one place, the results that came first stand first.
    std::fflush(stdout);
    std::fwrite(shown.data(), 1, shown.size(), stderr);
}

int report_error(const Error& error) {
    print_note(render(error) + "\n");
    return exit_code_of(error.kind);
}

}  // namespace meshline
