#include "rulepack/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace caseaudit::rulepack {

std::string digest(std::vector<std::pair<std::string_view, std::string_view>> parts) {
    std::sort(parts.begin(), parts.end());
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    const auto add = [&](std::string_view part) {
        const std::string length = fmt::format("{}:", part.size());
        EVP_DigestUpdate(context.get(), length.data(), length.size());
        EVP_DigestUpdate(context.get(), part.data(), part.size());
    };
    for (const auto& [name, content] : parts) {
        add(name);
        add(content);
    }
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), hash, &size);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", hash[i]);
    return hex;
}

}  // namespace caseaudit::rulepack
