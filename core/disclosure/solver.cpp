#include "disclosure/solver.h"

#define BOOST_DLL_USE_STD_FS  // not one more library for what has to start quickly
#include <boost/dll/shared_library.hpp>

namespace caseaudit::disclosure {
namespace {

struct OpenSolver {
    boost::dll::shared_library library;
    Solver functions;

    OpenSolver() : library(CASEAUDIT_CLP_LIBRARY, boost::dll::load_mode::search_system_folders) {
        find(functions.new_model, "Clp_newModel");
        find(functions.delete_model, "Clp_deleteModel");
        find(functions.set_log_level, "Clp_setLogLevel");
        find(functions.load_problem, "Clp_loadProblem");
        find(functions.set_objective, "Clp_chgObjCoefficients");
        find(functions.set_direction, "Clp_setOptimizationDirection");
        find(functions.solve, "Clp_primal");
        find(functions.status, "Clp_status");
        find(functions.objective_value, "Clp_objectiveValue");
    }

    template <class Function>
    void find(Function*& function, const char* name) {
        function = &library.get<Function>(name);
    }
};

}  // namespace

Result<const Solver*> open_solver() {
    try {
        static const OpenSolver opened;
        return &opened.functions;
    } catch (const std::exception&) {
        return Diagnostic{"report.solver",
                          "the library " CASEAUDIT_CLP_LIBRARY
                          ", which works out the figures to keep back, cannot be opened",
                          {},
                          "",
                          "install it (Debian: coinor-libclp1)",
                          {}};
    }
}

}  // namespace caseaudit::disclosure
