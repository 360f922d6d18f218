// A unit test of the check: records as literals, no pack and no command.
#include <caseaudit/sdk/testing.hpp>

#include <cstdio>

using namespace caseaudit::sdk;
using namespace caseaudit::sdk::testing;

extern "C" const caseaudit_plugin* authority_plugin(void);

int main() {
    const auto found = Trial(authority_plugin(), "raised-again")
                           .with("within", Duration{3, Unit::months})
                           .records({"raised_on", "issue"}, {{"A", {"2024-01-31", "drift"}},
                                                             {"A", {"2024-02-01", "health"}},
                                                             {"A", {"2024-04-30", "drift"}},
                                                             {"A", {"2024-07-31", "drift"}},
                                                             {"B", {missing, "drift"}}})
                           .judge();
    std::printf("%s %s\n", found.verdicts.c_str(), found.evidence[2].c_str());
    return found.verdicts == "PPFP?" ? 0 : 1;
}
