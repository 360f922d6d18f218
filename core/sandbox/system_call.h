// Names of the system calls that a sandbox most often refuses.
#pragma once
#include <string>

namespace caseaudit::sandbox {

// "connect", or "system call 437" for one that is not in the list.
std::string system_call_name(int number);

}  // namespace caseaudit::sandbox
