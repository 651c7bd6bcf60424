#include "base/json/json_writer.hpp"
#include "operate/answers/verification.hpp"

namespace meshline {

std::string verification_json(const Verification& verification) {
    JsonWriter writer(true);
    writer.begin_object().member("is_intact", verification.problems.empty());
    writer.key("clients").begin_array();
    for (const VerifiedClient& one : verification.intact) {
        writer.begin_object().member("client", one.client.text());
        writer.member("events", one.head.position).member("root", one.head.root.hex());
        writer.member("publications", one.publications).member("recomputed", one.recomputed);
        writer.end_object();
    }
    writer.end_array();
    if (verification.audit) {
        writer.key("audit").begin_object().member("size", verification.audit->size);
        writer.member("root", verification.audit->root.hex()).end_object();
    }
    if (!verification.problems.empty()) {
        writer.key("problems").begin_array();
        for (const Error& problem : verification.problems) {
            writer.begin_object().member("code", problem.code).member("message", problem.message);
            writer.member("where", problem.where.text()).end_object();
        }
        writer.end_array();
    }
    return writer.end_object().take() + "\n";
}

}  // namespace meshline
