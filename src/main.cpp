#include "surface/cli/installation.hpp"
#include "wiring.hpp"

int main(int argument_count, char** arguments) {
    const auto installation = meshline::wire();
    return meshline::run_command_line(argument_count, arguments, *installation);
}
