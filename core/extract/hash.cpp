#include "extract/hash.h"

#include <openssl/crypto.h>
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

void keep_hashing() {
    require(OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr));
}

void prepare_hashing() {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    require(context != nullptr ? EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) : 0);
}

void RunningHash::Free::operator()(EVP_MD_CTX* context) const {
    EVP_MD_CTX_free(context);
}

RunningHash::RunningHash(const ByteSource& bytes, std::function<void()> behind)
    : bytes_(bytes), behind_(std::move(behind)), context_(EVP_MD_CTX_new()) {
    require(context_ != nullptr ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void RunningHash::take(std::span<const char> bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
    next_ += bytes.size();
}

void RunningHash::pass(std::uint64_t offset, std::span<const char> bytes) {
    if (is_behind_) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || offset > next_) {
        if (!is_behind_.exchange(true)) behind_();
        return;
    }
    const std::uint64_t known = next_ - offset;
    if (known < bytes.size()) take(bytes.subspan(known));
}

void RunningHash::catch_up(std::uint64_t end) {
    const std::lock_guard lock(mutex_);
    if (next_ >= end || !errors_.empty()) return;
    const auto piece =
        std::make_unique_for_overwrite<char[]>(std::min<std::uint64_t>(piece_size, end - next_));
    while (next_ < end) {
        const std::size_t length = std::min<std::uint64_t>(piece_size, end - next_);
        const auto got = bytes_.read_at(next_, {piece.get(), length});
        if (!got) {
            errors_ = got.errors();
            return;
        }
        take({piece.get(), length});
    }
}

Result<std::string> RunningHash::finish() {
    catch_up(bytes_.size());
    if (!errors_.empty()) return errors_;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), &length));
    return hexadecimal(digest.data(), length);
}

Result<std::string> sha256(const ByteSource& bytes) {
    return RunningHash(bytes, [] {}).finish();
}

}  // namespace caseaudit::extract
