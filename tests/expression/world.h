// A small dataset after the SSDA903 return, and extracts of it in memory.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "casebook/load.h"
#include "expression/expression.h"

namespace world {

using namespace caseaudit;
using casebook::Which;

struct Rows {
    std::string table;  // "episodes" or "prior.episodes"
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

// header (one row a case), episodes, reviews, periods_of_care, missing, homes (reference), staff (of no
// case).
const dataset::Dataset& small_dataset();
// With parameters, lists and named expressions that tests use; as_at 2026-03-31.
expression::Environment small_environment();
casebook::Casebook make(const std::vector<Rows>& rows);
// Two children, A with three episodes and three reviews, B with one of each.
const std::vector<Rows>& two_children();

// An extract with expressions compiled and evaluated over all its cases in one batch.
class World {
  public:
    explicit World(const std::vector<Rows>& rows = two_children(),
                   expression::Environment environment = small_environment());
    // What the expression gives for each row of a table ("episodes", "prior.episodes", "case"), as text_of
    // shows it. Throws with the rendered errors when it does not compile.
    std::vector<std::string> values(const std::string& text, const std::string& table = "case");
    // The same of one row.
    std::string value(const std::string& text, const std::string& table = "case", std::size_t row = 0);
    std::vector<std::uint32_t> rows(const std::string& text, const std::string& table, std::uint32_t row);
    expression::NodeId compile(const std::string& text, const std::string& table = "case");

    casebook::Casebook casebook;
    expression::Environment environment;
    expression::Compiler compiler;
};

expression::Scope scope_of(const std::string& table);
// All errors of an expression, rendered one after another; "" when there are none.
std::string errors_of(const std::string& text, const std::string& table = "episodes",
                      const expression::Environment& environment = small_environment(),
                      std::optional<expression::Type> expected = {});

}  // namespace world
