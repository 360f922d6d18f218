#include "crypto/crypto.h"

#include <algorithm>
#include <stdexcept>

#include "crypto/openssl.h"

namespace caseaudit::crypto {
namespace {

constexpr platform::LibraryName name{CASEAUDIT_CRYPTO_LIBRARY, "makes the SHA-256 of files", "libssl3"};

const OpenSsl& openssl() {
    return platform::late<OpenSsl>();
}

void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL offers no SHA-256");
}

}  // namespace

// It would take itself apart when the process ends, whatever threads there still are.
OpenSsl::OpenSsl() : LateLibrary(name) {
    require(init(OPENSSL_INIT_NO_ATEXIT, nullptr) == 1);
}

struct Sha256::Context {
    EVP_MD_CTX* state = openssl().context_new();
    ~Context() { openssl().context_free(state); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    require(context_->state != nullptr &&
            openssl().digest_init(context_->state, openssl().sha256(), nullptr) == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const char> bytes) {
    require(openssl().digest_update(context_->state, bytes.data(), bytes.size()) == 1);
}

Digest Sha256::digest() {
    Digest digest;
    require(openssl().digest_final(context_->state, digest.data(), nullptr) == 1);
    return digest;
}

std::string Sha256::hexadecimal() {
    return crypto::hexadecimal(digest());
}

void prepare() {
    Sha256();
}

Digest hmac(std::string_view key, std::string_view material) {
    Digest digest;
    require(openssl().hmac(openssl().sha256(), key.data(), static_cast<int>(key.size()),
                           reinterpret_cast<const unsigned char*>(material.data()), material.size(),
                           digest.data(), nullptr) != nullptr);
    return digest;
}

std::string hexadecimal(std::span<const unsigned char> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

bool fill_randomly(std::span<unsigned char> bytes) {
    return openssl().random_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1;
}

std::string base64(std::string_view bytes) {
    // OpenSSL's function takes an int; three bytes become four characters, so pieces of whole triples join
    // up.
    constexpr std::size_t piece = 3 << 24;
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    std::size_t written = 0;
    for (std::size_t begin = 0; begin < bytes.size(); begin += piece)
        written += static_cast<std::size_t>(
            openssl().encode_block(reinterpret_cast<unsigned char*>(out.data() + written),
                                   reinterpret_cast<const unsigned char*>(bytes.data() + begin),
                                   static_cast<int>(std::min(piece, bytes.size() - begin))));
    out.resize(written);
    return out;
}

}  // namespace caseaudit::crypto
