// What a piece of an expression means to the compiler. Lists and intervals have no vector of their own:
// they live on in the nodes of the functions that use them. Private to expression/.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "expression/builder.h"
#include "expression/syntax.h"

namespace caseaudit::expression {

struct ListValue;
struct IntervalValue;

struct Value {
    bool failed = false;  // an error has been noted; no further ones come of it
    Type type;
    Operand operand;                   // of everything but lists and intervals
    std::optional<Constant> constant;  // a literal, a parameter, as_at or an end of the collection
    std::shared_ptr<const ListValue> list;
    std::shared_ptr<const IntervalValue> interval;
};

struct IntervalValue {
    Value start, end;
};

struct ListValue {
    enum class Form : std::uint8_t {
        rows,      // element, for those rows of the case's table for which the mask is true
        elements,  // the elements written out
        split,     // the pieces of text[0] between text[1]
    } form = Form::rows;
    Variable variable = -1;
    TableRef table;
    std::optional<Operand> mask;
    Value element;
    bool mapped = false;  // the elements are not the rows themselves
    std::vector<Value> elements;
    std::string name;  // of a list of the pack
};

}  // namespace caseaudit::expression
