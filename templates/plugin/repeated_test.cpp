// The check judged without a pack or the command: records as literals, verdicts as letters.
#include <caseaudit/sdk/testing.hpp>

#include <cstdio>

using namespace caseaudit::sdk;
using namespace caseaudit::sdk::testing;

extern "C" const caseaudit_plugin* repeated_plugin(void);

int main() {
    Trial trial(repeated_plugin(), "repeated");
    trial.with("within", Duration{3, Unit::months})
        .records({"on", "what"}, {{"A", {"2024-01-31", "drift"}},
                                  {"A", {"2024-02-01", "health"}},
                                  {"A", {"2024-04-30", "drift"}},  // the last day of the three months
                                  {"A", {"2024-07-31", "drift"}},  // the day after them
                                  {"B", {missing, "drift"}}});
    const auto found = trial.judge();
    std::printf("%s: %s\n", found.verdicts.c_str(), found.evidence[2].c_str());
    return found.verdicts == "PPFP?" && found.evidence[2] == "before=2024-01-31 days=90" ? 0 : 1;
}
