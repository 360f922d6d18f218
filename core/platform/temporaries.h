// The names of temporary files that exist now, so that a signal can remove them. Private to platform/.
#pragma once
#include <string>

namespace caseaudit::platform {

// Remembers the name; when too many are remembered already, or it is too long, that one stays after a signal.
// Safe to call from any thread.
void remember_temporary(const std::string& path);
void forget_temporary(const std::string& path);
// Removes those that are remembered. Safe to call from a signal handler.
void remove_temporaries() noexcept;

}  // namespace caseaudit::platform
