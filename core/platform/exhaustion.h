// What becomes of a program that runs out of memory: one sentence and one status, wherever in it that
// happens.
#pragma once
#include <exception>

namespace caseaudit::platform {

// From now on the process ends with `status` and `sentence` (which outlives it) on standard error as soon as
// memory or a thread cannot be had, in whatever thread and however deep: what is left of memory would not do
// to unwind by, and libraries' threads do not. Temporary files that have a name are removed first. An
// exception that nobody catches ends the process in the same way, with `fault` in place of the sentence when
// it is another one. For programs.
void end_when_exhausted(const char* sentence, const char* fault, int status);

// Ends it so.
[[noreturn]] void end_exhausted() noexcept;

// Whether it says that memory or a thread could not be had.
bool says_exhausted(const std::exception& error) noexcept;

}  // namespace caseaudit::platform
