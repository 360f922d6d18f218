// COIN-OR Clp, opened when it is first needed. Linked like other libraries, it and the linear algebra and
// Fortran libraries that it brings would take a fifth of the time in which every run starts.
#pragma once
#include <coin/Clp_C_Interface.h>

#include "diagnostic/diagnostic.h"

namespace caseaudit::disclosure {

struct Solver {
    decltype(&Clp_newModel) new_model;
    decltype(&Clp_deleteModel) delete_model;
    decltype(&Clp_setLogLevel) set_log_level;
    decltype(&Clp_loadProblem) load_problem;
    decltype(&Clp_chgObjCoefficients) set_objective;
    decltype(&Clp_setOptimizationDirection) set_direction;
    decltype(&Clp_primal) solve;
    decltype(&Clp_status) status;
    decltype(&Clp_objectiveValue) objective_value;
};

// Stays open for the life of the process. An error when the library is not installed.
Result<const Solver*> open_solver();

}  // namespace caseaudit::disclosure
