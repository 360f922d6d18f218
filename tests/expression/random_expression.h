// Expressions that type-check, at random, over the small dataset.
#pragma once
#include <random>
#include <string>
#include <vector>

#include "expression/expression.h"

namespace world {

class RandomExpression {
  public:
    RandomExpression(std::uint64_t seed, bool over_rows) : random_(seed), over_rows_(over_rows) {}
    std::string make(caseaudit::expression::Kind kind, int depth);

  private:
    std::string boolean(int depth);
    std::string integer(int depth);
    std::string decimal(int depth);
    std::string date(int depth);
    std::string text(int depth);
    std::string row(int depth);   // of episodes
    std::string list(int depth);  // of episodes
    std::string field(const std::string& name, int depth);
    std::string lambda(caseaudit::expression::Kind kind, int depth, std::string& variable);
    std::size_t pick(std::size_t choices) { return random_() % choices; }

    std::mt19937_64 random_;
    bool over_rows_;                      // of episodes; else for each case
    std::vector<std::string> variables_;  // of lambdas, rows of episodes
    int made_ = 0;
};

}  // namespace world
