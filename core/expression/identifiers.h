// What identifies a child, as far as the dataset says: the case key, and fields that it calls identifiers.
#pragma once
#include <optional>

#include "dataset/dataset.h"
#include "expression/expression.h"

namespace caseaudit::expression {

// Whether the field's values are the keys of cases, and not those of another table that leads to them.
bool holds_case_key(const dataset::Table& table, int field);

// Whether the node's value would show what identifies a child: the case key or an identifier, as it is or
// reworked as text or a date. A number or a condition made from one (an age) is not the identifier.
bool shows_identifier(const Graph& graph, NodeId node);

struct ShownField {
    int table = -1;
    Which which = Which::current;
    int field = -1;
};

// The field of which the node gives a cell as it is, or the text of one that cannot be read, of whatever row;
// none where it is worked out.
std::optional<ShownField> field_shown(const Graph& graph, NodeId node);

}  // namespace caseaudit::expression
