// Where the characters of a scalar stand in the file, so that an error inside an expression that is written
// as a YAML scalar points at the letter in question.
#pragma once
#include <cstddef>
#include <string>

#include "yaml/document.h"

namespace caseaudit::yaml {

Place place_of(const Document& document, const Node& node);

// Place of the byte at `offset` of node.text. Exact for plain, quoted and literal scalars, escapes and
// folded lines included; an offset past the end gives the place after the last character.
Place place_in(const Document& document, const Node& node, std::size_t offset);

// The scalar as written, quotes included, up to the end of its first line: the fragment of a diagnostic.
std::string written(const Document& document, const Node& node);

}  // namespace caseaudit::yaml
