// An error that is about a file or folder as a whole.
#pragma once
#include <string>
#include <utility>

#include "diagnostic/diagnostic.h"

namespace caseaudit {

inline Diagnostic file_error(std::string code, std::string message, const std::string& path,
                             std::string hint) {
    return {std::move(code), std::move(message), {path, 0, 0}, {}, std::move(hint), {}};
}

}  // namespace caseaudit
