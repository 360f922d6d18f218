// Bytes put aside until they are wanted in another order: in memory, and past a limit in a file that has no
// name and so vanishes with the process, whatever becomes of it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::platform {

// Holds parts, each at a place; parts of one place stay in the order in which they came. Not shared between
// threads.
class Spool {
  public:
    // `folder` is where the file would be: on the same disk as the output, so that no other one fills up.
    explicit Spool(std::string folder, std::size_t memory_limit = std::size_t{16} << 20);
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool();

    // False when the disk is full; nothing is lost while memory lasts: without a file it all stays there.
    bool add(std::uint64_t place, std::string_view bytes);
    // Hands over all parts before the place `end`, in order and as one text cut anywhere, until `take`
    // returns false, and forgets them. False when it was not all.
    bool release(std::uint64_t end, const std::function<bool(std::string_view)>& take);
    bool empty() const { return parts_.empty(); }

  private:
    struct Part {
        std::uint64_t place = 0;
        // Of the bytes in the order in which they came: those of the file, then of memory_.
        std::uint64_t begin = 0, end = 0;
    };
    bool spill();
    bool hand_over(std::uint64_t begin, std::uint64_t end, std::string& out,
                   const std::function<bool(std::string_view)>& take);
    void start_again();

    std::string folder_, memory_;
    std::size_t limit_;
    std::vector<Part> parts_;
    std::uint64_t in_file_ = 0;
    int file_ = -1;
};

}  // namespace caseaudit::platform
