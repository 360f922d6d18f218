// What cannot be read at all: an error at a file or folder.
#pragma once
#include <string>
#include <utility>

#include "diagnostic/diagnostic.h"

namespace caseaudit::extract {

inline Diagnostic unusable(std::string code, std::string message, const std::string& path, std::string hint) {
    return {std::move(code), std::move(message), {path, 0, 0}, {}, std::move(hint), {}};
}

}  // namespace caseaudit::extract
