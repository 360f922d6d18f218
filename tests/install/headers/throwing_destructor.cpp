#include <caseaudit/sdk.hpp>
using namespace caseaudit::sdk;

struct Throws {
    static constexpr auto name = "throws";
    static constexpr auto description = "Its destructor may throw.";
    static constexpr auto parameters = std::tuple{};
    ~Throws() noexcept(false) {}
    Verdict judge(const Row& row) const { return row.passes(); }
};
CASEAUDIT_PLUGIN("wrong", "1.0", "Does not compile.", Throws)
