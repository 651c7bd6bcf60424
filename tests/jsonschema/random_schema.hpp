#pragma once

#include "operate/demo/seeded_random.hpp"

#include <string>

namespace meshline {

/// A schema of 2020-12 with two definitions, and an instance that has a fair chance with it: both
/// out of few names and values, so that they meet.
std::string random_schema(SeededRandom& random);
std::string random_instance(SeededRandom& random, int levels);

}  // namespace meshline
