#include "core/model/definition_texts.hpp"

#include "base/json/json.hpp"

namespace meshline {

std::string encode_audit_leaf(const DefinitionTexts& texts) {
    // Members stand in the order of their names: that is what makes the form canonical.
    JsonWriter writer;
    writer.begin_object()
        .member("client", texts.client.text())
        .member("definition_texts_digest", texts.digest.hex())
        .member("noted_at", texts.noted_at.text())
        .member("run", texts.run.text())
        .end_object();
    return writer.take();
}

}  // namespace meshline
