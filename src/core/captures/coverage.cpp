#include "core/captures/coverage.hpp"

namespace meshline {

PositionSet Coverage::all_taken() const {
    PositionSet all = taken;
    for (const TakenWith& one : taken_with)
        all.add(one.taken);
    return all;
}

}  // namespace meshline
