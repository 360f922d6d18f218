#include <caseaudit/sdk.hpp>
using namespace caseaudit::sdk;

struct NoJudge {
    static constexpr auto name = "no-judge";
    static constexpr auto description = "Cannot judge.";
    static constexpr auto parameters = std::tuple{};
};
CASEAUDIT_PLUGIN("wrong", "1.0", "Does not compile.", NoJudge)
