// The places that an expression is evaluated for: all rows of a table in a batch, its cases, or the pairs
// (triples, …) of rows that nested lambdas look at. Private to expression/.
#pragma once
#include <cstdint>
#include <vector>

#include "expression/buffer_pool.h"
#include "expression/graph.h"
#include "expression/kernel.h"

namespace caseaudit::expression {

using Positions = std::array<std::uint8_t, greatest_variables>;

struct Frame {
    std::uint32_t size = 0;
    // For each variable the row that it stands for at each element, counted from the batch's first row of
    // the table; null: element i is row i.
    struct Column {
        TableRef table;
        const std::uint32_t* rows = nullptr;
    };
    std::vector<Column> columns;
    const std::uint32_t* cases = nullptr;  // see Evaluator::cases_of()
    int natural = -1;  // where results are kept: a number for all rows of a table, or the cases

    // A frame of pairs: the frame it extends by one variable, its last, and the element extended.
    Frame* parent = nullptr;
    const std::uint32_t* parent_elements = nullptr;
    std::vector<std::uint32_t> pair_cases;

    // Results in a frame of pairs.
    struct Result {
        NodeId node;
        Positions positions;
        Buffer buffer;
    };
    std::vector<Result> results;
};

}  // namespace caseaudit::expression
