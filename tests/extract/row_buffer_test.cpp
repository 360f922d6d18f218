#include "extract/row_buffer.h"

using namespace caseaudit::extract;

namespace {

struct Blocks final : BlockConsumer {
    void chunks(std::size_t) override {}
    void consume(std::size_t, const Block& block) override {
        rows += block.rows;
        most_cells = std::max(most_cells, std::size_t{block.rows} * block.columns);
    }
    std::uint64_t rows = 0;
    std::size_t most_cells = 0;
};

}  // namespace

TEST_CASE("blocks have few cells however wide the rows are, and however narrow") {
    for (const std::size_t columns : {1U, 13U, 16384U}) {
        Blocks blocks;
        RowBuffer buffer(columns, &blocks);
        for (std::uint64_t row = 1; row <= 5000; ++row) {
            for (std::size_t column = 0; column < columns; ++column) buffer.add("");
            buffer.end_row(row, row + 1);
        }
        buffer.flush();
        CHECK(blocks.rows == 5000);
        CHECK(blocks.most_cells <= 5 * 16384);
    }
}
