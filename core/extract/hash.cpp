#include "extract/hash.h"

#include <algorithm>
#include <memory>

namespace caseaudit::extract {
namespace {

constexpr std::size_t piece_size = std::size_t{128} << 10;

}  // namespace

void RunningHash::take(std::span<const char> bytes) {
    hash_.add(bytes);
    next_ += bytes.size();
}

void RunningHash::pass(std::uint64_t offset, std::span<const char> bytes) {
    if (!reached(offset)) return;
    const std::lock_guard lock(mutex_);
    const std::uint64_t known = next_ - offset;
    if (known < bytes.size()) take(bytes.subspan(known));
}

void RunningHash::catch_up(std::uint64_t end) {
    const std::lock_guard lock(mutex_);
    if (reached(end) || !errors_.empty()) return;
    const auto piece =
        std::make_unique_for_overwrite<char[]>(std::min<std::uint64_t>(piece_size, end - next_));
    while (!reached(end)) {
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
    return hash_.hexadecimal();
}

Result<std::string> sha256(const ByteSource& bytes) {
    return RunningHash(bytes).finish();
}

}  // namespace caseaudit::extract
