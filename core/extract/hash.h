// The fingerprint by which a file is known in the findings.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>

#include "crypto/crypto.h"
#include "extract/byte_source.h"

namespace caseaudit::extract {

// SHA-256 (FIPS 180-4) of all the bytes, in hexadecimal. Reads them in pieces. Fails with "file.read".
Result<std::string> sha256(const ByteSource& bytes);

// The same of a file that is being read anyway: what comes by in order is not read again. Safe to share
// between threads, save for finish().
class RunningHash {
  public:
    explicit RunningHash(const ByteSource& bytes) : bytes_(bytes) {}
    // The bytes from `offset` on come by. Passed over if some before them have not.
    void pass(std::uint64_t offset, std::span<const char> bytes);
    // The same for two files at once, which takes less time than for one after the other.
    struct Passing {
        RunningHash* hash = nullptr;
        std::uint64_t offset = 0;
        std::span<const char> bytes;
    };
    static void pass_both(const Passing& a, const Passing& b);
    // Whether all bytes up to `end` have been taken.
    bool reached(std::uint64_t end) const { return next_ >= end; }
    // Reads what has not come by, up to `end`.
    void catch_up(std::uint64_t end);
    // The hash; reads what has not come by. Fails with "file.read".
    Result<std::string> finish();

  private:
    std::span<const char> new_ones(std::uint64_t offset, std::span<const char> bytes) const;
    void take(std::span<const char> bytes);
    const ByteSource& bytes_;
    std::mutex mutex_;  // of what follows
    crypto::Sha256 hash_;
    std::atomic<std::uint64_t> next_ = 0;  // how many bytes have been taken
    Diagnostics errors_;
};

}  // namespace caseaudit::extract
