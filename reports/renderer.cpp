#include "reports/renderer.h"

#include <algorithm>
#include <array>

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

int rank(std::string_view severity) {
    constexpr std::array<std::string_view, 5> order = {"critical", "high", "medium", "low", "info"};
    return static_cast<int>(std::find(order.begin(), order.end(), severity) - order.begin());
}

}  // namespace caseaudit::reports
