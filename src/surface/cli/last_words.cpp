#include "surface/cli/last_words.hpp"

#include "base/text/text.hpp"
#include "surface/cli/output.hpp"

#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <new>

namespace meshline {
namespace {

Error stopped_by(std::string_view what) {
    const bool is_full = what.find("No space left") != std::string_view::npos;
    return Error{
        .kind = is_full ? ErrorKind::exhausted : ErrorKind::unavailable,
        .code = "meshline.stopped",
        .message = fmt::format("stopped by a library: {}", what),
        .hint = "Mend what it names and run the command again: what was acknowledged is kept."};
}

Error no_memory() {
    return Error{.kind = ErrorKind::exhausted,
                 .code = "meshline.no_memory",
                 .message = "there is no memory left",
                 .hint =
                     "Allow more memory, then run the command again: what was acknowledged is"
                     " kept."};
}

[[noreturn]] void end() {
    const std::exception_ptr thrown = std::current_exception();
    if (!thrown) std::abort();
    Error error = stopped_by("it gave no reason");
    try {
        std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        error = no_memory();
    } catch (const std::exception& exception) {
        error = stopped_by(exception.what());
    } catch (...) {
        // Then there is no more to say.
    }
    std::_Exit(report_error(error));
}

}  // namespace

void end_exceptions_with_an_error() {
    std::set_terminate(end);
}

}  // namespace meshline
