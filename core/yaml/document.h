// Strict YAML: one document read into a tree in which every node knows its place. Anchors, aliases, tags,
// duplicate keys, nesting deeper than 64 and files over 16 MB are errors, all reported in one go.
#pragma once
#include <cstdint>
#include <optional>
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
    std::vector<Node> left_out;  // what a key that is given twice says the second time, and nothing checks
};

Result<Document> load_file(const std::string& path);
Result<Document> load_text(std::string file, std::string text);

// For a reader that goes on to tell what else is wrong with a file: the document is there also where the only
// errors are keys that are given twice, anchors, aliases and tags. Of such a key the first value counts; what
// the second adds to a map or to a list of maps is in the tree too, so that it is checked. For an alias the
// tree has the anchored value, in its place; for a tag the text that was taken for one.
struct Reading {
    std::optional<Document> document;  // always there when there are no errors
    Diagnostics errors;
};
Reading read_file(const std::string& path);
Reading read_text(std::string file, std::string text);

}  // namespace caseaudit::yaml
