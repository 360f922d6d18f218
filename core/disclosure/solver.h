// COIN-OR Clp, which brings linear algebra and Fortran libraries: opened when it is first needed.
#pragma once
#include <coin/Clp_C_Interface.h>

#include "platform/late_library.h"

namespace caseaudit::disclosure {

struct Solver : platform::LateLibrary {
    Solver();
    Function<decltype(::Clp_newModel)> new_model{*this, "Clp_newModel"};
    Function<decltype(::Clp_deleteModel)> delete_model{*this, "Clp_deleteModel"};
    Function<decltype(::Clp_setLogLevel)> set_log_level{*this, "Clp_setLogLevel"};
    Function<decltype(::Clp_loadProblem)> load_problem{*this, "Clp_loadProblem"};
    Function<decltype(::Clp_chgObjCoefficients)> set_objective{*this, "Clp_chgObjCoefficients"};
    Function<decltype(::Clp_setOptimizationDirection)> set_direction{*this, "Clp_setOptimizationDirection"};
    Function<decltype(::Clp_primal)> solve{*this, "Clp_primal"};
    Function<decltype(::Clp_status)> status{*this, "Clp_status"};
    Function<decltype(::Clp_objectiveValue)> objective_value{*this, "Clp_objectiveValue"};
};

}  // namespace caseaudit::disclosure
