#include "extract/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace caseaudit::extract {
namespace {

constexpr std::size_t piece_size = std::size_t{128} << 10;

void require(int outcome) {
    if (outcome != 1) throw std::runtime_error("OpenSSL offers no SHA-256");
}

std::string hexadecimal(const unsigned char* digest, unsigned length) {
    constexpr char digits[] = "0123456789abcdef";
    std::string result;
    for (unsigned i = 0; i < length; ++i) {
        result += digits[digest[i] >> 4U];
        result += digits[digest[i] & 15U];
    }
    return result;
}

}  // namespace

Result<std::string> sha256(const ByteSource& bytes) {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    require(context != nullptr ? EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) : 0);
    const auto piece =
        std::make_unique_for_overwrite<char[]>(std::min<std::uint64_t>(piece_size, bytes.size()));
    for (std::uint64_t offset = 0; offset < bytes.size(); offset += piece_size) {
        const std::size_t length = std::min<std::uint64_t>(piece_size, bytes.size() - offset);
        const auto got = bytes.read_at(offset, {piece.get(), length});
        if (!got) return got.errors();
        require(EVP_DigestUpdate(context.get(), piece.get(), length));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    require(EVP_DigestFinal_ex(context.get(), digest.data(), &length));
    return hexadecimal(digest.data(), length);
}

}  // namespace caseaudit::extract
