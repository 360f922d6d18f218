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
    friend void add_in_turns(Sha256& a, std::span<const char> to_a, Sha256& b, std::span<const char> to_b);
    std::size_t to_block_end(std::size_t most) const;
    struct Context;
    std::unique_ptr<Context> context_;
    std::size_t added_ = 0;  // bytes
};

// Adds to both, in less time than to one after the other: each block of a digest waits for the one before it,
// and where the other's are at hand a processor works on both.
void add_in_turns(Sha256& a, std::span<const char> to_a, Sha256& b, std::span<const char> to_b);

// HMAC-SHA-256 (RFC 2104).
Digest hmac(std::string_view key, std::string_view material);

std::string hexadecimal(std::span<const unsigned char> bytes);

// Random numbers fit for a key of long life.
void fill_randomly(std::span<unsigned char> bytes);

}  // namespace caseaudit::crypto
