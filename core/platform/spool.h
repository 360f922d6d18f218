// Bytes put aside until they are wanted: in memory, and past a limit in a file that has no name and so
// vanishes with the process, whatever becomes of it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::platform {

// Holds parts, each under a number; they may grow by turns. Not shared between threads.
class Spool {
  public:
    // `folder` is where the file would be: on the same disk as the output, so that no other one fills up.
    explicit Spool(std::string folder, std::size_t memory_limit = std::size_t{16} << 20);
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool();

    // Adds to the end of a part. False when the disk is full; nothing is lost while memory lasts: without a
    // file it all stays there.
    bool append(std::size_t part, std::string_view bytes);
    // Hands over a part, in pieces, until `take` returns false, and forgets it. False when it was not all.
    bool release(std::size_t part, const std::function<bool(std::string_view)>& take);
    bool holds(std::size_t part) const { return parts_.contains(part); }
    bool empty() const { return parts_.empty(); }
    // The lowest number of those that are held; one must be.
    std::size_t first() const { return parts_.begin()->first; }

  private:
    struct Stretch {  // of the bytes in the order in which they came: those of the file, then of memory_
        std::uint64_t begin = 0, end = 0;
    };
    bool spill();
    bool hand_over(Stretch stretch, const std::function<bool(std::string_view)>& take);
    void start_again();

    std::string folder_, memory_, buffer_;
    std::size_t limit_;
    std::map<std::size_t, std::vector<Stretch>> parts_;
    std::uint64_t in_file_ = 0;
    int file_ = -1;
};

}  // namespace caseaudit::platform
