// The language once more, as slowly and plainly as can be: a walk over the syntax tree for one row, reading
// cells as text. What the vectorised evaluator gives must be the same.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "expression/syntax.h"
#include "expression/world.h"

namespace oracle {

using namespace caseaudit;
using casebook::Which;

enum class State { present, missing, invalid };

struct Value {
    expression::Kind kind = expression::Kind::boolean;
    State state = State::missing;
    bool listed = true;  // false: a code that is not on its list
    bool truth = false;
    std::int64_t integer = 0;  // also a date's day
    double decimal = 0;
    std::string text;
    int table = -1;  // of a row
    Which which = Which::current;
    std::uint32_t row = 0;
    std::vector<Value> elements;  // of a list, or start and end of an interval
    bool usable() const { return state == State::present; }
};

class Oracle {
  public:
    explicit Oracle(const casebook::Casebook& casebook) : casebook_(casebook) {}
    // As Batch::text_of shows it, for row `row` of the table (or case `row`).
    std::string show(const std::string& text, int table, Which which, std::uint32_t row);

  private:
    Value walk(const expression::Syntax& tree);
    Value name(const std::string& name);
    Value field(const Value& row, const std::string& name);
    Value binary(const expression::Syntax& tree);
    Value method(const expression::Syntax& tree);
    Value list_method(const expression::Syntax& tree, const Value& list);
    Value function(const std::string& name, const std::vector<Value>& values);
    Value with(const Value& element, const expression::Syntax& tree);
    std::uint32_t case_of(const Value& row) const;
    Value rows_of(int table, Which which);
    Value neighbour(const Value& row, int step);

    const casebook::Casebook& casebook_;
    std::uint32_t case_ = 0;
    Value own_;  // the rule's row
    std::vector<std::pair<std::string, Value>> locals_;
};

// oracle_values.cpp
Value boolean(bool truth);
Value undecided();
Value number(std::int64_t integer);
Value absent(expression::Kind kind, State state);
Value logical_and(const Value& a, const Value& b);
Value logical_or(const Value& a, const Value& b);
Value equal(const Value& a, const Value& b);
int compare(const Value& a, const Value& b);  // of usable values
Value arithmetic(char symbol, const Value& a, const Value& b);
std::string shown(const Value& value);

}  // namespace oracle
