// What somebody can work out who knows some sums of hidden numbers: the smallest and the greatest value that
// another sum can have, by linear programming.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "disclosure/solver.h"

namespace caseaudit::disclosure {

// A sum of numbers, which are 0 or more, by their positions, known to lie between two bounds.
struct Known {
    std::vector<int> of;
    double least = 0, most = 0;
};

class Intervals {
  public:
    // Of `numbers` numbers, each of them 0 or more and no greater than `greatest`.
    Intervals(const Solver& solver, int numbers, double greatest, const std::vector<Known>& known);
    ~Intervals();
    Intervals(const Intervals&) = delete;
    Intervals& operator=(const Intervals&) = delete;

    // The bounds of the sum of these. What is known must not contradict itself: it comes from real counts.
    std::pair<double, double> of(const std::vector<int>& sum);

  private:
    double solve(const std::vector<int>& sum, bool greatest);
    struct Model;
    std::unique_ptr<Model> model_;
};

}  // namespace caseaudit::disclosure
