#include "casebook/pages.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <span>
#include <unordered_map>
#include <vector>

namespace caseaudit::casebook {
namespace {

// Built with the address sanitizer, what is dropped is overwritten, and small pieces are used again as well:
// who counts on memory that it has not written is found.
#ifdef __SANITIZE_ADDRESS__
constexpr bool is_hunted = true;
#else
constexpr bool is_hunted = false;
#endif

constexpr std::size_t page = 4096;
// Below, a system call costs more than it gives back.
constexpr std::size_t smallest_mapping = is_hunted ? page : 65536;

std::size_t whole_pages(std::size_t bytes) {
    return (bytes + page - 1) / page * page;
}

// Huge pages are not asked for: where memory is in pieces, or the machine is virtual and lends its free
// memory out, the kernel takes longer to come by one than they save.
void* map_pages(std::size_t bytes) {
    void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    return mapped;
}

// The whole pages within some memory.
std::span<char> pages_within(void* data, std::size_t bytes) {
    const auto begin = reinterpret_cast<std::uintptr_t>(data);
    const std::uintptr_t from = (begin + page - 1) / page * page, to = (begin + bytes) / page * page;
    if (from >= to) return {};
    return {static_cast<char*>(data) + (from - begin), to - from};
}

// Says that all of this mapped memory will be written soon, so that it can be had in one go. Changes nothing
// else: a kernel that does not know it refuses, and the pages come one by one, as they are written.
void expect_writes([[maybe_unused]] void* data, [[maybe_unused]] std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
    const std::span<char> pages = pages_within(data, bytes);
    if (!pages.empty()) madvise(pages.data(), pages.size(), MADV_POPULATE_WRITE);
#endif
}

// Pages that were dropped. To move one where it is wanted takes the kernel a tenth of what it takes to give
// one back, find a free one, clear it and put it in its place.
class SparePages {
  public:
    SparePages() {
        if (can_move()) large_.ranges.reserve(most_moves);
        small_.ranges.reserve(most_small);
    }
    // So much more has been mapped.
    void note_use(std::size_t bytes) noexcept {
        const std::lock_guard lock(mutex_);
        in_use_ += bytes;
    }
    // What was mapped by map() or elsewhere.
    void put(void* data, std::size_t bytes) noexcept {
        const Range all{static_cast<char*>(data), whole_pages(bytes)};
        const std::lock_guard lock(mutex_);
        in_use_ -= all.bytes;
        const auto mixed = mixed_.find(data);
        if (mixed == mixed_.end()) return keep(all);
        for (const Range& range : mixed->second) keep(range);
        mixed_.erase(mixed);
    }
    // Memory of which part may be what was dropped. The kernel moves no more than one mapping at a time, so
    // that what it is made of is noted.
    char* map(std::size_t bytes) {
        char* const mapped = static_cast<char*>(map_pages(bytes));
        note_use(whole_pages(bytes));
        std::vector<Range> moved;
        const std::size_t done = move_to(mapped, whole_pages(bytes), &moved);
        if (done > 0) {
            if (done < whole_pages(bytes)) moved.push_back({mapped + done, whole_pages(bytes) - done});
            const std::lock_guard lock(mutex_);
            mixed_.emplace(mapped, std::move(moved));
        }
        expect_writes(mapped + done, bytes - std::min(bytes, done));
        return mapped;
    }
    // Moves pages to a place of whole pages; returns how many bytes of it they fill.
    std::size_t move_to(char* place, std::size_t bytes) { return move_to(place, bytes, nullptr); }
    void give_back() noexcept {
        const std::lock_guard lock(mutex_);
        for (const Range& range : large_.ranges) munmap(range.data, range.bytes);
        large_.ranges.clear();
        large_.bytes = 0;
        unmap_small();
    }

  private:
    struct Range {
        char* data = nullptr;
        std::size_t bytes = 0;
    };
    struct Kept {
        std::vector<Range> ranges;  // never longer than there is room: put() must not fail
        std::size_t bytes = 0;
        bool full() const { return ranges.size() == ranges.capacity(); }
        void add(const Range& range) noexcept {
            ranges.push_back(range);
            bytes += range.bytes;
        }
    };
    // Each move leaves a mapping more, and the kernel has 65,530 of them for a process.
    static constexpr std::size_t most_moves = 16384, smallest_move = is_hunted ? page : 262144;
    static constexpr std::size_t most_small = 1024;  // pieces
    // What is kept takes that part of what is in use, at most.
    static constexpr std::size_t small_share = 16, large_share = 2;

    // Small ranges are given back, many together: to move them takes as long.
    void keep(const Range& range) noexcept {
        if (range.bytes < smallest_move) {
            if (small_.full() || small_.bytes >= in_use_ / small_share) unmap_small();
            small_.add(range);
        } else if (large_.full() || large_.bytes + range.bytes > in_use_ / large_share) {
            munmap(range.data, range.bytes);
        } else {
            if (is_hunted) std::memset(range.data, 0xA5, range.bytes);
            large_.add(range);
        }
    }

    std::size_t move_to(char* place, std::size_t bytes, std::vector<Range>* pieces) {
        std::size_t done = 0;
        while (bytes - done >= smallest_move) {
            const Range range = take(bytes - done);
            if (range.bytes == 0) break;
            void* const moved =
                mremap(range.data, range.bytes, range.bytes, MREMAP_MAYMOVE | MREMAP_FIXED, place + done);
            if (moved == MAP_FAILED) throw std::bad_alloc();
            if (pieces != nullptr) pieces->push_back({place + done, range.bytes});
            done += range.bytes;
        }
        return done;
    }

    // Kernels that only look like Linux may refuse; then no room is made for what could be moved. A page that
    // has been moved away is no longer ours: another thread may have mapped something there by now.
    static bool can_move() {
        void* const from = map_pages(page);
        void* const to = map_pages(page);
        *static_cast<char*>(from) = 1;
        if (mremap(from, page, page, MREMAP_MAYMOVE | MREMAP_FIXED, to) != to) {
            munmap(from, page);
            return false;  // `to` is left as it is: who fails may have unmapped it
        }
        munmap(to, page);
        return true;
    }

    // Neighbours in one go: the kernel stops the other threads each time.
    void unmap_small() noexcept {
        std::vector<Range>& all_small = small_.ranges;
        std::ranges::sort(all_small, {}, &Range::data);
        for (std::size_t i = 0; i < all_small.size();) {
            Range all = all_small[i++];
            for (; i < all_small.size() && all_small[i].data == all.data + all.bytes; ++i)
                all.bytes += all_small[i].bytes;
            munmap(all.data, all.bytes);
        }
        all_small.clear();
        small_.bytes = 0;
    }

    Range take(std::size_t most) {
        const std::lock_guard lock(mutex_);
        if (large_.ranges.empty() || moves_ == most_moves) return {};
        ++moves_;
        Range& last = large_.ranges.back();
        const Range taken{last.data, std::min(last.bytes, most)};
        last.data += taken.bytes;
        last.bytes -= taken.bytes;
        large_.bytes -= taken.bytes;
        if (last.bytes == 0) large_.ranges.pop_back();
        return taken;
    }

    std::mutex mutex_;  // of what follows
    Kept large_, small_;
    std::size_t in_use_ = 0;
    std::unordered_map<void*, std::vector<Range>> mixed_;  // by where they begin
    std::size_t moves_ = 0;
};

SparePages& spare_pages() {
    static SparePages& pages = *new SparePages;  // never destroyed: others that are may still drop pages
    return pages;
}

}  // namespace

Pages::Pages(std::size_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    if (bytes < smallest_mapping) {
        data_ = std::calloc(1, bytes);
        if (data_ == nullptr) throw std::bad_alloc();
        return;
    }
    data_ = map_pages(bytes);
    spare_pages().note_use(whole_pages(bytes));
    expect_writes(data_, bytes);
}

void Pages::drop() {
    if (data_ == nullptr) return;
    if (bytes_ < smallest_mapping) {
        std::free(data_);
    } else {
        spare_pages().put(data_, bytes_);
    }
    data_ = nullptr;
    bytes_ = 0;
}

void Pages::grow(std::size_t bytes) {
    if (bytes <= bytes_) return;
    if (bytes_ >= smallest_mapping) {
        void* const moved = mremap(data_, bytes_, bytes, MREMAP_MAYMOVE);
        if (moved == MAP_FAILED) throw std::bad_alloc();
        spare_pages().note_use(whole_pages(bytes) - whole_pages(bytes_));
        expect_writes(static_cast<char*>(moved) + bytes_, bytes - bytes_);
        data_ = moved;
        bytes_ = bytes;
    } else {
        Pages larger(bytes);
        if (bytes_ > 0) std::memcpy(larger.data_, data_, bytes_);
        *this = std::move(larger);
    }
}

void* allocate_pages(std::size_t bytes) {
    if (bytes < smallest_mapping) return ::operator new(bytes);
    return spare_pages().map(bytes);
}

void free_pages(void* data, std::size_t bytes) noexcept {
    if (bytes < smallest_mapping) {
        ::operator delete(data);
    } else {
        spare_pages().put(data, bytes);
    }
}

void supply_pages(void* data, std::size_t bytes) {
    const std::span<char> pages = pages_within(data, bytes);
    const std::size_t moved = spare_pages().move_to(pages.data(), pages.size());
    expect_writes(pages.data() + moved, pages.size() - moved);
}

void give_back_pages() noexcept {
    spare_pages().give_back();
}

}  // namespace caseaudit::casebook
