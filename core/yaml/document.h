// Strict YAML: one document read into a tree in which every node knows its place. Anchors, aliases, tags,
// duplicate keys, nesting deeper than 64 and files over 16 MB are errors, all reported in one go.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::yaml {

struct Node {
    enum class Kind : std::uint8_t { null, scalar, sequence, map };
    Kind kind = Kind::null;
    bool quoted = false;  // a scalar that was written in quotes (or as a block) and so is never a number
    std::string text;     // a scalar's text
    std::uint32_t line = 0, column = 0;
    std::vector<Node> items;                     // of a sequence
    std::vector<std::pair<Node, Node>> entries;  // of a map, in file order; keys are scalars
    Node();  // out of line: Clang would want a pair of nodes complete within one
    const Node* find(std::string_view key) const;  // null when absent or not a map
};

struct Document {
    std::string file;  // as named to the user
    std::string text;  // whole source, for snippets
    Node root;
};

Result<Document> load_file(const std::string& path);
Result<Document> load_text(std::string file, std::string text);

}  // namespace caseaudit::yaml
