// Digests and keys, by libgcrypt.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace caseaudit::crypto {

using Digest = std::array<unsigned char, 32>;

// SHA-256 (FIPS 180-4). Not shared between threads.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::span<const char> bytes);
    Digest digest();            // nothing may be added after it
    std::string hexadecimal();  // the same in small letters

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

// HMAC-SHA-256 (RFC 2104).
Digest hmac(std::string_view key, std::string_view material);

std::string hexadecimal(std::span<const unsigned char> bytes);

// Random numbers fit for a key of long life.
void fill_randomly(std::span<unsigned char> bytes);

}  // namespace caseaudit::crypto
