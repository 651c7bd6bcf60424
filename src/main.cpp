#include "surface/cli/last_words.hpp"
#include "surface/cli/run_command_line.hpp"
#include "wiring.hpp"

int main(int argument_count, char** arguments) {
    meshline::end_exceptions_with_an_error();
    const auto installation = meshline::wire();
    return meshline::run_command_line(argument_count, arguments, *installation);
}
