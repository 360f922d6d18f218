// assertion.holds: the check behind `assert:`. Nearly every rule of a pack runs it over every row, so it
// works on 64 rows at a time and touches nothing where all of them pass.
#include <caseaudit/sdk.hpp>

namespace {
using namespace caseaudit::sdk;

struct Holds {
    static constexpr auto name = "holds";
    static constexpr auto description = "The expression is true. A rule's `assert:` stands for this check.";
    Expression<bool> that;
    static constexpr auto parameters = std::tuple{
        required(&Holds::that, "that",
                 "What must be true. False fails; undecided, for lack of data, is counted as that.")};

    void judge(const Batch& batch) const {
        const Bits values = batch.booleans(that), known = batch.validity(that.column());
        for (std::size_t first = 0; first < batch.size(); first += 64) {
            const std::size_t left = batch.size() - first;
            const std::uint64_t rows = left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
            const std::uint64_t decided = known.word(first), true_rows = values.word(first) & decided;
            if (true_rows != rows) batch.mark(first, decided & ~true_rows, rows & ~decided);
        }
    }
};

}  // namespace

CASEAUDIT_PLUGIN("assertion", "0.1.0", "Plain expressions as checks.", Holds)
