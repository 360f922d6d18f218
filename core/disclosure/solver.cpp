#include "disclosure/solver.h"

namespace caseaudit::disclosure {
namespace {

constexpr platform::LibraryName name{CASEAUDIT_CLP_LIBRARY, "works out the figures to keep back",
                                     "coinor-libclp1"};

}  // namespace

Solver::Solver() : LateLibrary(name) {}

}  // namespace caseaudit::disclosure
