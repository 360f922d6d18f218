// A file without a name on any disk, for libraries that write to a path only.
#pragma once
#include <string>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// Movable owner. What is written to path() stays in memory, and goes with this object.
class MemoryFile {
  public:
    // Fails with "memory.create".
    static Result<MemoryFile> create();
    MemoryFile(MemoryFile&& other) noexcept;
    MemoryFile& operator=(MemoryFile&& other) noexcept;
    ~MemoryFile();

    // Opens this very file, as often as one likes, from this process.
    std::string path() const;
    // All of it. Fails with "file.read".
    Result<std::string> read() const;

  private:
    MemoryFile() = default;
    int descriptor_ = -1;
};

}  // namespace caseaudit::platform
