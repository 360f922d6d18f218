#include "crypto/crypto.h"

#include <gcrypt.h>

#include <algorithm>
#include <stdexcept>

namespace caseaudit::crypto {
namespace {

constexpr std::size_t block = 64;  // bytes; FIPS 180-4, section 1

void require(gcry_error_t result) {
    if (result != 0) throw std::runtime_error(std::string("libgcrypt: ") + gcry_strerror(result));
}

// What libgcrypt asks of a program before anything else. Secret memory is for keys that must not be swapped
// out; the key of fingerprints lies in a file.
void set_up() {
    static const bool done = [] {
        if (gcry_check_version(GCRYPT_VERSION) == nullptr)
            throw std::runtime_error("libgcrypt is older than " GCRYPT_VERSION);
        require(gcry_control(GCRYCTL_DISABLE_SECMEM, 0));
        require(gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0));
        return true;
    }();
    static_cast<void>(done);
}

}  // namespace

struct Sha256::Context {
    Context() {
        set_up();
        require(gcry_md_open(&state, GCRY_MD_SHA256, 0));
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { gcry_md_close(state); }
    gcry_md_hd_t state = nullptr;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const char> bytes) {
    gcry_md_write(context_->state, bytes.data(), bytes.size());
    added_ += bytes.size();
}

// Bytes that the block under way wants yet, `most` of them at most.
std::size_t Sha256::to_block_end(std::size_t most) const {
    return std::min(most, (block - added_ % block) % block);
}

void add_in_turns(Sha256& a, std::span<const char> to_a, Sha256& b, std::span<const char> to_b) {
    // Two blocks: of one the call takes too much of the time, of four the next is too far away to be begun.
    constexpr std::size_t turn = 2 * block;
    const auto add = [](Sha256& digest, std::span<const char>& bytes, std::size_t some) {
        digest.add(bytes.first(some));
        bytes = bytes.subspan(some);
    };
    add(a, to_a, a.to_block_end(to_a.size()));
    add(b, to_b, b.to_block_end(to_b.size()));
    while (to_a.size() >= turn && to_b.size() >= turn) {
        add(a, to_a, turn);
        add(b, to_b, turn);
    }
    a.add(to_a);
    b.add(to_b);
}

Digest Sha256::digest() {
    Digest digest;
    std::copy_n(gcry_md_read(context_->state, GCRY_MD_SHA256), digest.size(), digest.data());
    return digest;
}

std::string Sha256::hexadecimal() {
    return crypto::hexadecimal(digest());
}

Digest hmac(std::string_view key, std::string_view material) {
    set_up();
    gcry_buffer_t parts[2] = {{key.size(), 0, key.size(), const_cast<char*>(key.data())},
                              {material.size(), 0, material.size(), const_cast<char*>(material.data())}};
    Digest digest;
    require(gcry_md_hash_buffers(GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC, digest.data(), parts, 2));
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

void fill_randomly(std::span<unsigned char> bytes) {
    set_up();
    gcry_randomize(bytes.data(), bytes.size(), GCRY_VERY_STRONG_RANDOM);
}

}  // namespace caseaudit::crypto
