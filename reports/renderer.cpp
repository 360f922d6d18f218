#include "reports/renderer.h"

#include <algorithm>
#include <array>

#include "reports/text.h"

namespace caseaudit::reports {

Result<const Renderer*> find_renderer(std::string_view format) {
    std::vector<std::string> names;
    for (const auto* renderer : renderers()) {
        if (renderer->format == format && !renderer->absent.empty())
            return Diagnostic{"report.absent",     std::string(renderer->absent), {},
                              std::string(format), std::string(renderer->remedy), {}};
        if (renderer->format == format) return renderer;
        names.emplace_back(renderer->format);
    }
    std::sort(names.begin(), names.end());
    const std::string near = nearest(format, names);
    return Diagnostic{"report.format",
                      "there is no such report",
                      {},
                      std::string(format),
                      near.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                                   : fmt::format("did you mean '{}'?", near),
                      {}};
}

std::string failures(const RuleOutcome& rule) {
    std::vector<std::string> aside;
    if (rule.known != 0) aside.push_back(fmt::format("{} known", grouped(rule.known)));
    if (rule.waived != 0) aside.push_back(fmt::format("{} waived", grouped(rule.waived)));
    return fmt::format("{} of {} fail, {} undecided{}{}", grouped(findings::counting(rule)),
                       grouped(rule.population), grouped(rule.undecided),
                       aside.empty() ? "" : "; not counted: ", fmt::join(aside, ", "));
}

int rank(std::string_view severity) {
    constexpr std::array<std::string_view, 5> order = {"critical", "high", "medium", "low", "info"};
    return static_cast<int>(std::find(order.begin(), order.end(), severity) - order.begin());
}

}  // namespace caseaudit::reports
