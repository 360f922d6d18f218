// Bytes put aside until they are wanted: in memory, and past a limit in a file that has no name and so
// vanishes with the process, whatever becomes of it.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace caseaudit::platform {

// Not shared between threads.
class Spool {
  public:
    // `folder` is where the file would be: on the same disk as the output, so that no other one fills up.
    explicit Spool(std::string folder, std::size_t memory_limit = std::size_t{64} << 20);
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool();

    // False when the disk is full; nothing is lost while memory lasts: without a file it all stays there.
    bool append(std::string_view bytes);
    // Hands everything over in order, in pieces, until `take` returns false. False when it was not all.
    bool replay(const std::function<bool(std::string_view)>& take);
    bool empty() const { return memory_.empty() && file_ < 0; }

  private:
    bool spill();
    std::string folder_, memory_;
    std::size_t limit_;
    int file_ = -1;
};

}  // namespace caseaudit::platform
