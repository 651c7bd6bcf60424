// Goal: an update keeps what a person generalised, and writes down nothing that changes by itself.
// Method: old expectation, new output, new expectation.
#include "transcripts/update.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::transcripts {
namespace {

using testing::ElementsAre;

TEST(UpdatedExpectation, what_still_matches_stays) {
    EXPECT_THAT(updated_expectation({"a", "..."}, {"a", "b"}, "2026-03-01"),
                ElementsAre("a", "..."));
}

TEST(UpdatedExpectation, lines_with_placeholders_stay_where_they_fit) {
    EXPECT_THAT(updated_expectation({"old", "took <...> s"}, {"new", "took 3 s"}, "2026-03-01"),
                ElementsAre("new", "took <...> s"));
}

TEST(UpdatedExpectation, digests_and_fresh_instants_become_placeholders) {
    EXPECT_THAT(updated_expectation({},
                                    {"root " + std::string(63, 'a') + "1.",
                                     "at 2026-03-01T10:00:00Z, of 2010-12-01T10:00:00Z",
                                     "0123456789ab deadbeef0 123456789012 x_0123456789ab"},
                                    "2026-03-01"),
                ElementsAre("root <digest>.", "at <instant>, of 2010-12-01T10:00:00Z",
                            "<digest> deadbeef0 123456789012 x_0123456789ab"));
}

}  // namespace
}  // namespace meshline::transcripts
