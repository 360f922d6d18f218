#include <caseaudit/sdk.hpp>
using namespace caseaudit::sdk;

struct AnyConstant {
    static constexpr auto name = "any-constant";
    static constexpr auto description = "Its constant has no type.";
    Constant<Value> limit;
    static constexpr auto parameters = std::tuple{required(&AnyConstant::limit, "limit", "")};
    Verdict judge(const Row& row) const { return row.passes(); }
};
CASEAUDIT_PLUGIN("wrong", "1.0", "Does not compile.", AnyConstant)
