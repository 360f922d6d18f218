#include <fmt/format.h>

#include "yaml/parser.h"

namespace caseaudit::yaml {

// Over blanks, comments and line ends within a flow collection. Lines that are not indented more than the
// block around it are no part of it, but for the bracket that closes it.
bool Parser::flow_space(int parent, const Cursor& opened) {
    for (cursor_.skip_blanks(); cursor_.at_line_end() && !cursor_.done(); cursor_.skip_blanks())
        cursor_.skip_line();
    const bool closes = cursor_.peek() == ']' || cursor_.peek() == '}';
    const bool outside = cursor_.line() > opened.line() && cursor_.column() <= parent && !closes;
    if (!cursor_.done() && !outside && !at_marker()) return true;
    return reporter_.report(Reporter::place(opened), "yaml.syntax",
                            fmt::format("the '{}' that opens here is not closed", opened.peek()),
                            std::string(1, opened.peek()), "");
}

bool Parser::flow(int parent, Node& out) {
    const Cursor opened = cursor_;
    const bool is_map = cursor_.peek() == '{';
    const char close = is_map ? '}' : ']';
    if (!enter(is_map ? Node::Kind::map : Node::Kind::sequence, out)) return false;
    Keys keys;
    cursor_.step();
    for (;;) {
        if (!flow_space(parent, opened)) return leave(), false;
        if (cursor_.peek() == close) break;
        if (!flow_entry(parent, out, keys) || !flow_space(parent, opened)) return leave(), false;
        if (cursor_.peek() == ',') {
            cursor_.step();
        } else if (cursor_.peek() != close) {
            reporter_.report(cursor_, "yaml.syntax", fmt::format("',' or '{}' is missing here", close),
                             is_map || cursor_.peek() != ':'
                                 ? "text with one of ,[]{} or ': ' in it needs quotes"
                                 : "a map in a list needs braces: {key: value}");
            return leave(), false;
        }
    }
    cursor_.step();
    leave();
    return true;
}

bool Parser::flow_entry(int parent, Node& collection, Keys& keys) {
    const Cursor begin = cursor_;
    Node first;
    if (!flow_node(parent, first)) return false;
    if (collection.kind == Node::Kind::sequence) {
        collection.items.push_back(std::move(first));
        return true;
    }
    if (first.kind == Node::Kind::sequence || first.kind == Node::Kind::map) {
        return reporter_.report(begin, "yaml.key", "a key must be text", "write 'key: value'");
    }
    check_key(collection, first, keys);
    if (!flow_space(parent, begin)) return false;
    Node second = make(Node::Kind::null);
    if (cursor_.peek() == ':') {
        cursor_.step();
        if (!flow_space(parent, begin)) return false;
        if (cursor_.peek() != ',' && cursor_.peek() != '}' && !flow_node(parent, second)) return false;
    }
    if (second.kind == Node::Kind::null) {
        second.line = first.line;
        second.column = first.column;
    }
    collection.entries.emplace_back(std::move(first), std::move(second));
    return true;
}

bool Parser::flow_node(int parent, Node& out) {
    out = make(Node::Kind::null);
    if (!count_node()) return false;
    bool alias = false;
    if (!skip_properties(alias)) return false;
    return alias || leaf(parent, true, out);
}

}  // namespace caseaudit::yaml
