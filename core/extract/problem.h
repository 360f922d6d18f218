// What is wrong with a file, said by who reads it: who opened it adds the place.
#pragma once
#include <string>
#include <utility>

#include "diagnostic/diagnostic.h"

namespace caseaudit::extract {

inline Diagnostic problem(std::string code, std::string message, std::string hint = {}) {
    return {std::move(code), std::move(message), {}, {}, std::move(hint), {}};
}

}  // namespace caseaudit::extract
