// Severities, dimensions and kinds of measures by name.
#include <array>

#include "rulepack/grammar.h"
#include "rulepack/pack.h"

namespace caseaudit::rulepack {

std::string_view name(Severity severity) {
    return severity_names[static_cast<std::size_t>(severity)];
}

std::string_view name(Dimension dimension) {
    return dimension_names[static_cast<std::size_t>(dimension)];
}

std::optional<Severity> parse_severity(std::string_view text) {
    for (std::size_t i = 0; i < severity_names.size(); ++i) {
        if (severity_names[i] == text) return static_cast<Severity>(i);
    }
    return std::nullopt;
}

std::string_view name(MeasureKind kind) {
    return measure_kind_names[static_cast<std::size_t>(kind)];
}

std::optional<MeasureKind> parse_measure_kind(std::string_view text) {
    for (std::size_t i = 0; i < measure_kind_names.size(); ++i) {
        if (measure_kind_names[i] == text) return static_cast<MeasureKind>(i);
    }
    return std::nullopt;
}

std::optional<Dimension> parse_dimension(std::string_view text) {
    for (std::size_t i = 0; i < dimension_names.size(); ++i) {
        if (dimension_names[i] == text) return static_cast<Dimension>(i);
    }
    return std::nullopt;
}

}  // namespace caseaudit::rulepack
