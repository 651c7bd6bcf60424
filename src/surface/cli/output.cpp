#include "surface/cli/output.hpp"

#include "base/text/text.hpp"

#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <system_error>

namespace meshline {

namespace {

/// The errno of the first write to standard output that failed, 0 as long as none did. The stream
/// itself keeps only that one did, and there is one standard output.
int output_failure = 0;

void flush_output() {
    if (std::fflush(stdout) != 0 && output_failure == 0) output_failure = errno;
}

}  // namespace

void print(std::string_view text) {
    print_data(shown_lines(text));
}

void print_json(std::string_view json) {
    print_data(json_shown_text(json));
}

void print_data(std::string_view bytes) {
    const std::size_t written = std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    if (written < bytes.size() && output_failure == 0) output_failure = errno;
}

void print_note(std::string_view text) {
    const std::string shown = shown_lines(text);
    // Where both go to one place, the results that came first stand first.
    flush_output();
    std::fwrite(shown.data(), 1, shown.size(), stderr);
}

int report_error(const Error& error) {
    print_note(render(error) + "\n");
    return exit_code_of(error.kind);
}

Result<void> finish_output() {
    flush_output();
    if (output_failure == 0) return {};
    const bool is_full =
        output_failure == ENOSPC || output_failure == EDQUOT || output_failure == EFBIG;
    return Error{
        .kind = is_full ? ErrorKind::exhausted : ErrorKind::unavailable,
        .code = "output.not_written",
        .message = fmt::format("standard output was not written: {}",
                               to_lower_ascii(std::generic_category().message(output_failure))),
        .hint =
            "What the command does is done; what it says is lost. Make room, or send the"
            " output elsewhere, and ask again."};
}

}  // namespace meshline
