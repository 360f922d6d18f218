#include <algorithm>

#include "rulepack/expression_reader.h"

namespace caseaudit::rulepack {

ScalarPlaces::ScalarPlaces(const yaml::Document& document) : document_(document), lines_{0} {
    for (std::size_t at = document.text.find('\n'); at != std::string::npos;
         at = document.text.find('\n', at + 1)) {
        lines_.push_back(at + 1);
    }
}

std::string_view ScalarPlaces::from(const yaml::Node& node) const {
    if (node.line == 0 || node.line > lines_.size()) return {};
    const std::size_t start = lines_[node.line - 1] + node.column - 1;
    return std::string_view(document_.text).substr(std::min(start, document_.text.size()));
}

Place ScalarPlaces::at(const yaml::Node& node, std::size_t offset) const {
    const std::string_view source = from(node);
    const bool in_quotes = node.quoted && !source.empty() && (source[0] == '"' || source[0] == '\'');
    if (!node.quoted || in_quotes) {
        const std::string_view inside = source.substr(std::min<std::size_t>(in_quotes, source.size()));
        // Written as it reads, up to the offset and one further: no escape and no line end before it.
        const bool as_it_reads =
            inside.substr(0, offset + 1) == std::string_view(node.text).substr(0, offset + 1);
        if (offset < node.text.size() && as_it_reads && node.text.find('\n') >= offset) {
            return {document_.file, node.line, node.column + in_quotes + static_cast<std::uint32_t>(offset)};
        }
    }
    // The general way walks from the start of its document: give it one that starts at the node's line.
    constexpr std::size_t indentation_allowance = 4096;
    yaml::Document part;
    part.file = document_.file;
    const std::size_t line = source.empty() ? 0 : lines_[node.line - 1];
    part.text = document_.text.substr(line, node.column + 4 * node.text.size() + indentation_allowance);
    yaml::Node moved = node;
    moved.line = 1;
    Place place = yaml::place_in(part, moved, offset);
    if (place.line > 0) place.line += node.line - 1;
    return place;
}

}  // namespace caseaudit::rulepack
