// Values as a person reads them in a message. Private to expression/.
#pragma once
#include <string>

#include "expression/runtime.h"

namespace caseaudit::expression {

// The value at `value`, of the type's kind: dates 31 March 2026, missing "(blank)", invalid "(unreadable)".
std::string show(const Type& type, const void* value, Runtime& runtime);
std::string show(const Constant& constant);

}  // namespace caseaudit::expression
