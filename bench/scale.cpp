#include "scale.hpp"

#include <array>

namespace meshline::bench {

Result<Scale> scale_named(const std::string& name) {
    static const std::array scales = {Scale{.name = "tiny",
                                            .captured_orders = 500,
                                            .normalized_orders = 500,
                                            .reconciled_keys = 5'000,
                                            .published_entries = 20'000,
                                            .late_events = 10,
                                            .memory_orders = 1'000,
                                            .runs = 1,
                                            .quick_runs = 1},
                                      Scale{.name = "small",
                                            .captured_orders = 150'000,
                                            .normalized_orders = 100'000,
                                            .reconciled_keys = 500'000,
                                            .published_entries = 1'000'000,
                                            .late_events = 1'000,
                                            .memory_orders = 200'000,
                                            .runs = 3,
                                            .quick_runs = 7},
                                      Scale{.name = "full",
                                            .captured_orders = 600'000,
                                            .normalized_orders = 400'000,
                                            .reconciled_keys = 5'000'000,
                                            .published_entries = 10'000'000,
                                            .late_events = 1'000,
                                            .memory_orders = 10'000'000,
                                            .runs = 3,
                                            .quick_runs = 15}};
    for (const Scale& scale : scales) {
        if (scale.name == name) return scale;
    }
    return Error{.code = "bench.unknown_scale",
                 .message = "there is no scale \"" + name + "\"",
                 .hint = "Name tiny, small or full."};
}

}  // namespace meshline::bench
