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

// Those that have not been taken; none if some before them have not.
std::span<const char> RunningHash::new_ones(std::uint64_t offset, std::span<const char> bytes) const {
    if (!reached(offset)) return {};
    const std::uint64_t known = next_ - offset;
    return bytes.subspan(std::min<std::uint64_t>(known, bytes.size()));
}

void RunningHash::pass(std::uint64_t offset, std::span<const char> bytes) {
    const std::lock_guard lock(mutex_);
    take(new_ones(offset, bytes));
}

void RunningHash::pass_both(const Passing& a, const Passing& b) {
    const std::scoped_lock lock(a.hash->mutex_, b.hash->mutex_);
    const auto to_a = a.hash->new_ones(a.offset, a.bytes), to_b = b.hash->new_ones(b.offset, b.bytes);
    crypto::add_in_turns(a.hash->hash_, to_a, b.hash->hash_, to_b);
    a.hash->next_ += to_a.size();
    b.hash->next_ += to_b.size();
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
