#include "generate/limits.h"

#include <fmt/format.h>

namespace caseaudit::generate {

Diagnostics check_limits(std::uint64_t children, int year, double error_rate, const std::string& out) {
    Diagnostics wrong;
    const auto refuse = [&](std::string message) {
        wrong.push_back({"generate.bad-option", std::move(message), {}, {}, {}, {}});
    };
    if (children < 1 || children > most_children)
        refuse(fmt::format("children must be 1 to {}", most_children));
    if (year < static_cast<int>(earliest_year) || year > static_cast<int>(latest_year))
        refuse(fmt::format("the year must be {} to {}", earliest_year, latest_year));
    if (!(error_rate >= 0 && error_rate <= 1)) refuse("the error rate must be 0 to 1");
    if (out.empty()) refuse("no folder to write to");
    return wrong;
}

}  // namespace caseaudit::generate
