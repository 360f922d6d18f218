// A plugin that is sound, but for a static constructor.
#include <caseaudit/sdk.hpp>

namespace {
using namespace caseaudit::sdk;

struct Passes {
    static constexpr auto name = "passes";
    static constexpr auto description = "Passes every record.";
    static constexpr auto parameters = std::tuple{};
    Verdict judge(const Row& row) const { return row.passes(); }
};

struct Constructed {
    Constructed() { throw std::runtime_error("no \x1blicence on this machine"); }
} constructed;

}  // namespace

CASEAUDIT_PLUGIN("constructed", "1.0", "For tests.", Passes)
