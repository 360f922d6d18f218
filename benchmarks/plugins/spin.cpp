// A check that takes as long for each row as it is told to, and one that never ends.
#include <caseaudit/sdk.hpp>

using namespace caseaudit::sdk;

namespace {

struct Spins {
    static constexpr auto name = "spins";
    static constexpr auto description = "Goes round a number of times, and fails a row in a hundred.";
    Expression<std::int64_t> value;
    Constant<std::int64_t> rounds;
    static constexpr auto parameters =
        std::tuple{required(&Spins::value, "value", "Where to begin."),
                   required(&Spins::rounds, "rounds", "How often to go round.")};
    static constexpr std::array evidence = {shows<std::int64_t>("last", "Where it ended.")};
    Verdict judge(const Row& row) const {
        const auto begin = row[value];
        if (!begin) return row.undecided();
        auto state = static_cast<std::uint64_t>(*begin) | 1;
        for (std::int64_t i = *rounds; i > 0; --i)
            state = state * 6364136223846793005u + 1442695040888963407u;
        if (state == 0 || *begin % 100 == 0)
            return row.fails({{"last", static_cast<std::int64_t>(state >> 1)}});
        return row.passes();
    }
};

struct Hangs {
    static constexpr auto name = "hangs";
    static constexpr auto description = "Does not end.";
    Expression<std::int64_t> value;
    static constexpr auto parameters = std::tuple{required(&Hangs::value, "value", "Anything.")};
    Verdict judge(const Row& row) const {
        for (volatile bool on = true; on;) {
        }
        return row.passes();
    }
};

}  // namespace

CASEAUDIT_PLUGIN("spin", "1.0", "For benchmarks.", Spins, Hangs)
