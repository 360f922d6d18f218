// Syntax trees of expressions, and the parser that makes them. Private to expression/.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "expression/expression.h"

namespace caseaudit::expression {

enum class Form : std::uint8_t {
    constant,     // a literal
    name,         // DECOM
    dollar,       // $name
    dollar_call,  // $name(children)
    member,       // children[0].name
    index,        // children[0][children[1]]
    call,         // name(children)
    method,       // children[0].name(children[1…])
    unary,        // name children[0]
    binary,       // children[0] name children[1]
    conditional,  // children[0] ? children[1] : children[2]
    list,         // [children]
};

// Where a tree was read from. Trees keep their source alive, as errors point into it.
struct Source {
    Text text;
    std::vector<std::string> within;
};

struct Syntax {
    Form form = Form::constant;
    std::string name;
    Constant constant;
    std::vector<std::shared_ptr<const Syntax>> children;
    std::uint32_t begin = 0, end = 0;            // bytes of the source that it spans
    std::uint32_t name_begin = 0, name_end = 0;  // and those of its name or operator
    int height = 1;                              // of the tree
    std::shared_ptr<const Source> source;
};
using SyntaxPointer = std::shared_ptr<const Syntax>;

// Deeper trees are refused, so that no text from a pack can exhaust the stack.
inline constexpr int greatest_depth = 200;

// A piece of a source as an error's place and fragment.
Diagnostic point_at(const Source& source, std::uint32_t begin, std::uint32_t end, std::string code,
                    std::string message, std::string hint = "");

Result<SyntaxPointer> parse(std::shared_ptr<const Source> source);

}  // namespace caseaudit::expression
