#include "base/jsonschema/uri.hpp"

#include <cctype>
#include <optional>

namespace meshline {
namespace {

/// The parts of RFC 3986, section 3; a part that is absent is not the same as an empty one.
struct Parts {
    std::optional<std::string_view> scheme;
    std::optional<std::string_view> authority;
    std::string_view path;
    std::optional<std::string_view> query;
};

bool is_scheme(std::string_view text) {
    if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0) return false;
    for (const char byte : text) {
        const bool is_fine = std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '+' ||
                             byte == '-' || byte == '.';
        if (!is_fine) return false;
    }
    return true;
}

Parts parts_of(std::string_view uri) {
    Parts parts;
    const std::size_t colon = uri.find_first_of(":/?");
    if (colon != std::string_view::npos && uri[colon] == ':' && is_scheme(uri.substr(0, colon))) {
        parts.scheme = uri.substr(0, colon);
        uri.remove_prefix(colon + 1);
    }
    if (uri.starts_with("//")) {
        uri.remove_prefix(2);
        const std::size_t end = std::min(uri.find_first_of("/?"), uri.size());
        parts.authority = uri.substr(0, end);
        uri.remove_prefix(end);
    }
    const std::size_t question = uri.find('?');
    parts.path = uri.substr(0, question);
    if (question != std::string_view::npos) parts.query = uri.substr(question + 1);
    return parts;
}

std::string without_dot_segments(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        if (path.starts_with("../")) {
            path.remove_prefix(3);
        } else if (path.starts_with("./") || path.starts_with("/./")) {
            path.remove_prefix(2);
        } else if (path == "/.") {
            path = "/";
        } else if (path.starts_with("/../") || path == "/..") {
            path = path == "/.." ? std::string_view("/") : path.substr(3);
            out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
        } else if (path == "." || path == "..") {
            path = "";
        } else {
            const std::size_t next = std::min(path.find('/', 1), path.size());
            out += path.substr(0, next);
            path.remove_prefix(next);
        }
    }
    return out;
}

std::string merged_path(const Parts& base, std::string_view path) {
    if (base.authority && base.path.empty()) return "/" + std::string(path);
    const std::size_t slash = base.path.rfind('/');
    if (slash == std::string_view::npos) return std::string(path);
    return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

}  // namespace

SplitUri split_fragment(std::string_view uri) {
    const std::size_t hash = uri.find('#');
    if (hash == std::string_view::npos) return {uri, ""};
    return {uri.substr(0, hash), uri.substr(hash + 1)};
}

std::string resolve_uri(std::string_view base_uri, std::string_view reference) {
    const SplitUri split = split_fragment(reference);
    const bool has_fragment = reference.size() > split.resource.size();
    const Parts base = parts_of(split_fragment(base_uri).resource);
    const Parts wanted = parts_of(split.resource);
    Parts target = wanted;
    std::string path;
    if (wanted.scheme || wanted.authority) {
        path = without_dot_segments(wanted.path);
        if (!wanted.scheme) target.scheme = base.scheme;
    } else {
        target.scheme = base.scheme;
        target.authority = base.authority;
        if (wanted.path.empty()) {
            path = base.path;
            if (!wanted.query) target.query = base.query;
        } else if (wanted.path.starts_with('/')) {
            path = without_dot_segments(wanted.path);
        } else {
            path = without_dot_segments(merged_path(base, wanted.path));
        }
    }
    std::string uri;
    if (target.scheme) uri += std::string(*target.scheme) + ":";
    if (target.authority) uri += "//" + std::string(*target.authority);
    uri += path;
    if (target.query) uri += "?" + std::string(*target.query);
    if (has_fragment) uri += "#" + std::string(split.fragment);
    return uri;
}

std::string percent_decoded(std::string_view text) {
    const auto digit = [](char byte) {
        if (byte >= '0' && byte <= '9') return byte - '0';
        const char lower = static_cast<char>(byte | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    };
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_encoded = text[at] == '%' && at + 2 < text.size() &&
                                digit(text[at + 1]) >= 0 && digit(text[at + 2]) >= 0;
        if (!is_encoded) {
            decoded += text[at];
            continue;
        }
        decoded += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
        at += 2;
    }
    return decoded;
}

}  // namespace meshline
