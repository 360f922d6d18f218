#include "findings/fingerprint.h"

#include <span>

#include "crypto/crypto.h"

namespace caseaudit::findings {

Fingerprint::Fingerprint(std::string key) : key_(std::move(key)), own_key_(!key_.empty()) {
    if (!own_key_) key_ = "caseaudit.findings/1";
}

std::string Fingerprint::of(std::string_view pack, std::string_view rule, std::string_view case_key,
                            std::string_view identity) const {
    std::string material;
    for (const auto part : {pack, rule, case_key, identity}) {
        // Lengths before the parts: ("ab", "c") and ("a", "bc") must differ.
        material += std::to_string(part.size());
        material.push_back(':');
        material.append(part);
    }
    return hexadecimal(material, 16);
}

// The material of an id begins with a digit, so that neither of these two is ever one.
std::string Fingerprint::pseudonym(std::string_view case_key) const {
    return hexadecimal(std::string("case:").append(case_key), 10);
}

std::string Fingerprint::key_id() const {
    return hexadecimal("key", 4);
}

std::string Fingerprint::hexadecimal(std::string_view material, int bytes) const {
    const crypto::Digest digest = crypto::hmac(key_, material);
    return crypto::hexadecimal(std::span(digest).first(static_cast<std::size_t>(bytes)));
}

}  // namespace caseaudit::findings
