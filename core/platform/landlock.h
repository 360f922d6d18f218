// Landlock, by its system calls: Debian 12 has no library for it.
#pragma once
#include <span>

namespace caseaudit::platform {

// Takes from this process, for good, every access to files except reading what lies below `readable`, and
// where the kernel knows how TCP, abstract sockets and signals too. False, with errno, when it cannot; paths
// that are not there are passed over.
bool restrict_files(std::span<const char* const> readable);

}  // namespace caseaudit::platform
