#pragma once

#include "base/hash/digest.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Who can own a definition, an exception, a fix.
struct Person {
    std::string id;
    std::string name;
    std::string email;
};

struct Team {
    std::string id;
    std::string name;
    std::vector<std::string> people;
    std::string deputy;  ///< Takes over when nobody of the team acts; may be empty.
};

struct Owners {
    std::vector<Person> people;
    std::vector<Team> teams;
    Digest text_digest;      ///< Of `text_bytes`.
    std::string text_bytes;  ///< Canonical JSON of owners.yaml.
    bool has(std::string_view id) const;
    std::vector<std::string> ids() const;
};

}  // namespace meshline
