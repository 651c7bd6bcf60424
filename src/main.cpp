#include "surface/cli/installation.hpp"
#include "surface/cli/last_words.hpp"
#include "wiring.hpp"

int main(int argument_count, char** arguments) {
    meshline::end_exceptions_with_an_error();
    const auto installation = meshline::wire();
    return meshline::run_command_line(argument_count, arguments, *installation);
}
