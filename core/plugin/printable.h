// Text that comes from a plugin, made fit for a terminal and a log.
#pragma once
#include "diagnostic/printable.h"

namespace caseaudit::plugin {

// As caseaudit::printable(), and not longer than a message should be.
inline std::string printable(std::string_view text, std::size_t limit = 500) {
    return caseaudit::printable(text, limit);
}

}  // namespace caseaudit::plugin
