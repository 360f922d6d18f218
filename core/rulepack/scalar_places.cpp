#include <algorithm>

#include "rulepack/expression_reader.h"

namespace caseaudit::rulepack {
namespace {

// A part of the source, so that the general way need not walk all of the file; its lines count from 1.
Place place_in_part(const std::string& file, std::string_view part, const yaml::Node& node,
                    std::size_t offset) {
    yaml::Document document;
    document.file = file;
    document.text = part;
    yaml::Node moved = node;
    moved.line = 1;
    Place place = yaml::place_in(document, moved, offset);
    if (place.line > 0) place.line += node.line - 1;
    return place;
}

bool in_quotes(const yaml::Node& node, std::string_view source) {
    return node.quoted && !source.empty() && (source[0] == '"' || source[0] == '\'');
}

}  // namespace

ScalarPlaces::ScalarPlaces(const yaml::Document& document)
    : document_(document), source_(std::make_shared<const std::string>(document.text)), lines_{0} {
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

bool ScalarPlaces::reads_like(const yaml::Node& node, std::size_t offset) const {
    const std::string_view source = from(node);
    if (node.quoted && !in_quotes(node, source)) return false;
    const std::string_view inside =
        source.substr(std::min<std::size_t>(in_quotes(node, source), source.size()));
    return offset < node.text.size() && node.text.find('\n') >= offset &&
           inside.substr(0, offset + 1) == std::string_view(node.text).substr(0, offset + 1);
}

Place ScalarPlaces::at(const yaml::Node& node, std::size_t offset) const {
    const std::string_view source = from(node);
    if (reads_like(node, offset)) {
        const std::size_t column = node.column + in_quotes(node, source) + offset;
        return {document_.file, node.line, static_cast<std::uint32_t>(column)};
    }
    constexpr std::size_t indentation_allowance = 4096;
    const std::size_t line = source.empty() ? 0 : lines_[node.line - 1];
    const std::string_view part =
        std::string_view(document_.text)
            .substr(line, node.column + 4 * node.text.size() + indentation_allowance);
    return place_in_part(document_.file, part, node, offset);
}

expression::Text ScalarPlaces::text(const yaml::Node& node, std::size_t offset, std::size_t size) const {
    expression::Text text{node.text.substr(offset, size), at(node, offset)};
    if (text.text.empty() || reads_like(node, offset + text.text.size() - 1)) return text;
    text.locate = [source = source_, file = document_.file, node, offset](std::size_t further) {
        return find_place(file, *source, node, offset + further);
    };
    return text;
}

Place find_place(const std::string& file, const std::string& source, const yaml::Node& node,
                 std::size_t offset) {
    std::size_t line = 0;
    for (std::uint32_t number = 1; number < node.line; ++number) {
        const std::size_t end = source.find('\n', line);
        if (end == std::string::npos) return {file, node.line, node.column};
        line = end + 1;
    }
    return place_in_part(file, std::string_view(source).substr(line), node, offset);
}

expression::Text text_of(const Argument& argument, const yaml::Node& scalar) {
    const bool whole = &scalar == &argument.node;
    const Place inside{argument.place.file, scalar.line, scalar.column + scalar.quoted};
    expression::Text text{scalar.text, whole ? argument.place : inside};
    if (!argument.source) return text;
    text.locate = [source = argument.source, file = argument.place.file, scalar](std::size_t offset) {
        return find_place(file, *source, scalar, offset);
    };
    return text;
}

}  // namespace caseaudit::rulepack
