#include "disclosure/intervals.h"

namespace caseaudit::disclosure {

struct Intervals::Model {
    const Solver& solver;
    Clp_Simplex* clp = solver.new_model();
    std::vector<double> objective;
    explicit Model(const Solver& opened) : solver(opened) {}
    ~Model() { solver.delete_model(clp); }
};

Intervals::Intervals(const Solver& solver, int numbers, double greatest, const std::vector<Known>& known)
    : model_(std::make_unique<Model>(solver)) {
    // Clp wants columns: for each number the rows that it is part of.
    std::vector<std::vector<int>> rows(static_cast<std::size_t>(numbers));
    std::vector<double> least, most;
    for (std::size_t row = 0; row < known.size(); ++row) {
        for (const int number : known[row].of)
            rows[static_cast<std::size_t>(number)].push_back(static_cast<int>(row));
        least.push_back(known[row].least);
        most.push_back(known[row].most);
    }
    std::vector<CoinBigIndex> starts{0};
    std::vector<int> index;
    for (const auto& column : rows) {
        index.insert(index.end(), column.begin(), column.end());
        starts.push_back(static_cast<CoinBigIndex>(index.size()));
    }
    const std::vector<double> ones(index.size() + 1, 1.0), zeros(rows.size() + 1, 0.0),
        tops(rows.size() + 1, greatest);
    model_->objective.assign(rows.size() + 1, 0.0);
    index.push_back(0);  // never empty
    least.push_back(0);
    most.push_back(0);
    solver.set_log_level(model_->clp, 0);
    solver.load_problem(model_->clp, numbers, static_cast<int>(known.size()), starts.data(), index.data(),
                        ones.data(), zeros.data(), tops.data(), model_->objective.data(), least.data(),
                        most.data());
}

Intervals::~Intervals() = default;

double Intervals::solve(const std::vector<int>& sum, bool greatest) {
    for (auto& coefficient : model_->objective) coefficient = 0;
    for (const int number : sum) model_->objective[static_cast<std::size_t>(number)] += 1;
    const Solver& solver = model_->solver;
    solver.set_objective(model_->clp, model_->objective.data());
    solver.set_direction(model_->clp, greatest ? -1 : 1);
    solver.solve(model_->clp, 0);
    return solver.status(model_->clp) == 0 ? solver.objective_value(model_->clp) : 0;
}

std::pair<double, double> Intervals::of(const std::vector<int>& sum) {
    return {solve(sum, false), solve(sum, true)};
}

}  // namespace caseaudit::disclosure
