// Folding values into one result for each group of them. Private to expression/.
#pragma once
#include <memory>
#include <span>

#include "expression/kernel.h"
#include "expression/runtime.h"

namespace caseaudit::expression {

// Values that belong to groups; groups come in ascending order, and one may go on in the next piece.
struct Piece {
    std::uint32_t size = 0;
    const std::uint32_t* groups = nullptr;  // of each value
    const std::uint32_t* rows = nullptr;    // inner row of each value from the batch's first; null: its index
    const std::int8_t* mask = nullptr;      // values count where it is 1; null: all count
    std::uint32_t mask_step = 1;
    std::span<const Input> bodies;
};

class Fold {
  public:
    virtual ~Fold() = default;
    virtual void add(const Piece& piece) = 0;
    virtual void finish() = 0;
    // Writes the result of every group to `out`. `bodies` are the nodes folded.
    static std::unique_ptr<Fold> make(const Node& node, std::span<const Node* const> bodies,
                                      std::uint32_t groups, void* out, Runtime& runtime);
};

}  // namespace caseaudit::expression
