// Why a library could not be loaded.
#pragma once

namespace caseaudit::platform {

// Whether want of memory is why, by what the loader said of it: it has the same words, "failed to map
// segment", where a file may not be mapped, and does not always leave the error's number.
bool lacks_room_to_load(const char* words) noexcept;

}  // namespace caseaudit::platform
