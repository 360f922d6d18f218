#include "yaml/parser.h"

#include <fmt/format.h>

#include <algorithm>

namespace caseaudit::yaml {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t searchable = 32;  // entries of a map that are compared one by one

bool is_null(std::string_view text) {
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

}  // namespace

Node Parser::make(Node::Kind kind) const {
    Node node;
    node.kind = kind;
    node.line = cursor_.line();
    node.column = static_cast<std::uint32_t>(cursor_.column() + 1);
    return node;
}

bool Parser::count_node() {
    constexpr std::size_t most = 1'000'000;  // some 200 MB
    if (++nodes_ <= most) return true;
    reporter_.report(cursor_, "yaml.size", fmt::format("more than {} values", most));
    reporter_.stop();
    return false;
}

bool Parser::enter(Node::Kind kind, Node& out) {
    out = make(kind);
    if (++depth_ <= deepest) return true;
    reporter_.report(cursor_, "yaml.nesting", fmt::format("nested more than {} deep", deepest));
    reporter_.stop();
    return false;
}

// From the end of a line, or its beginning, to the next thing that is neither blank nor a comment.
void Parser::next_content() {
    for (;;) {
        while (cursor_.peek() == ' ') cursor_.step();
        const Cursor indented = cursor_;
        cursor_.skip_blanks();
        if (cursor_.done()) return;
        if (!cursor_.at_line_end()) {
            if (indented.at() != cursor_.at() && indented.first_on_line()) {
                reporter_.report(indented, "yaml.tab", "a tab in the indentation", "indent with spaces");
                tab_line_ = cursor_.line();
            }
            return;
        }
        cursor_.skip_line();
    }
}

void Parser::report_indentation(const char* message) {
    if (cursor_.line() != tab_line_) reporter_.report(cursor_, "yaml.indentation", message);
}

bool Parser::at_marker() const {
    return cursor_.column() == 0 && (cursor_.starts_with("---") || cursor_.starts_with("...")) &&
           cursor_.blank_or_end_after(3);
}

// Whether "key:" stands here, the key being plain or quoted.
bool Parser::at_implicit_key() const {
    const char first = cursor_.peek();
    if (first == '[' || first == '{') return false;
    if (first != '"' && first != '\'') return *plain_end(cursor_, false).stop == ':';
    Cursor ahead = cursor_;
    ahead.step();
    for (;; ahead.step()) {
        if (ahead.at_break()) return false;
        const bool escaped = (first == '"' && ahead.peek() == '\\') ||
                             (first == '\'' && ahead.peek() == first && ahead.peek_next() == first);
        if (escaped && !is_break(ahead.peek_next()) && ahead.peek_next() != '\0') {
            ahead.step();
        } else if (ahead.peek() == first) {
            break;
        }
    }
    ahead.step();
    ahead.skip_blanks();
    return ahead.peek() == ':' && ahead.blank_or_end_after(1);
}

// After an error: on to the next line that can be an entry of the block at `column`, or of one around it.
void Parser::recover(int column, std::uint32_t entry_line) {
    while (!cursor_.done() && !reporter_.stopped()) {
        if (cursor_.line() > entry_line && cursor_.first_on_line() && !cursor_.at_line_end() &&
            cursor_.column() <= column)
            return;
        cursor_.skip_line();
        while (cursor_.peek() == ' ') cursor_.step();
    }
}

bool Parser::end_of_value() {
    cursor_.skip_blanks();
    if (cursor_.at_line_end()) {
        next_content();
        return true;
    }
    if (cursor_.peek() == ':') {
        return reporter_.report(cursor_, "yaml.syntax", "a second ':' in the line", "put the text in quotes");
    }
    return reporter_.report(cursor_, "yaml.syntax", "text behind the end of a value",
                            "put the whole value in quotes");
}

Node Parser::document() {
    Node root = make(Node::Kind::null);
    next_content();
    if (cursor_.peek() == '%' && cursor_.column() == 0) {
        reporter_.report(cursor_, "yaml.directive", "directives are not allowed", "take the line out");
        return root;
    }
    if (at_marker() && cursor_.peek() == '-') cursor_.move_to(cursor_.at() + 3);
    const std::uint32_t line = cursor_.line();
    if (!value(After::start, -1, root)) recover(-1, line);
    if (at_marker() && cursor_.peek() == '.') {
        cursor_.skip_line();
        next_content();
    }
    if (root.kind == Node::Kind::null) root.line = root.column = 0;  // nothing has no place
    if (reporter_.stopped() || cursor_.done()) return root;
    if (at_marker()) {
        reporter_.report(Reporter::place(cursor_), "yaml.documents", "a second document begins here", "---",
                         "keep one document a file");
    } else {
        reporter_.report(cursor_, "yaml.syntax", "text behind the end of the document",
                         "check its indentation");
    }
    return root;
}

// What stands behind "key:" or "-", on the same line or below.
bool Parser::value(After after, int parent, Node& out) {
    cursor_.skip_blanks();
    out = make(Node::Kind::null);
    if (!count_node()) return false;
    bool alias = false;
    if (!skip_properties(alias)) return false;
    if (alias) return end_of_value();
    if (!cursor_.at_line_end()) return value_in_line(after, parent, out);
    next_content();
    if (ended()) return true;
    const bool list_of_key = after == After::key && cursor_.column() == parent && at_dash();
    if (cursor_.column() <= parent && !list_of_key) return true;
    return block(parent, out);
}

bool Parser::value_in_line(After after, int parent, Node& out) {
    if (after != After::key) return block(parent, out);
    if (at_dash()) {
        return reporter_.report(cursor_, "yaml.syntax", "a list begins on the line below its key",
                                "move '-' to the next line");
    }
    return block_leaf(parent, out);
}

// A block scalar ends where the next line begins, everything else on its line.
bool Parser::block_leaf(int parent, Node& out) {
    const bool below = cursor_.peek() == '|' || cursor_.peek() == '>';
    if (!leaf(parent, false, out)) return false;
    if (!below) return end_of_value();
    next_content();
    return true;
}

bool Parser::block(int parent, Node& out) {
    bool alias = false;
    if (!skip_properties(alias)) return false;
    if (alias) return end_of_value();
    if (at_dash()) return sequence(out);
    const bool explicit_key = cursor_.peek() == '?' && cursor_.blank_or_end_after(1);
    if (explicit_key || at_implicit_key()) return map(out);
    return block_leaf(parent, out);
}

bool Parser::sequence(Node& out) {
    if (!enter(Node::Kind::sequence, out)) return false;
    const int column = cursor_.column();
    while (!ended() && cursor_.column() >= column) {
        const std::uint32_t line = cursor_.line();
        if (cursor_.column() > column) {
            report_indentation("the line is indented more than the entries of the list above");
            recover(column, line);
            continue;
        }
        if (!at_dash()) break;
        cursor_.step();
        out.items.emplace_back();
        if (!value(After::dash, column, out.items.back())) recover(column, line);
    }
    leave();
    return true;
}

bool Parser::map(Node& out) {
    if (!enter(Node::Kind::map, out)) return false;
    out.entries.reserve(8);  // most maps are rules or fields; growing costs more than reading them
    Keys keys;
    const int column = cursor_.column();
    while (!ended() && cursor_.column() >= column) {
        const std::uint32_t line = cursor_.line();
        if (cursor_.column() > column) {
            report_indentation("the line is indented more than the keys above");
            recover(column, line);
        } else if (!map_entry(column, out, keys)) {
            recover(column, line);
        }
    }
    leave();
    return true;
}

bool Parser::map_entry(int column, Node& map, Keys& keys) {
    if (at_dash()) {
        return reporter_.report(cursor_, "yaml.syntax", "a list entry among the keys of a map",
                                "indent it more than the key it belongs to");
    }
    Node name;
    if (!key(name)) return false;
    check_key(map, name, keys);
    Node below;
    const bool read = value(After::key, column, below);
    if (below.kind == Node::Kind::null) {  // an absent value stands at its key
        below.line = name.line;
        below.column = name.column;
    }
    map.entries.emplace_back(std::move(name), std::move(below));
    return read;
}

bool Parser::key(Node& out) {
    bool alias = false;
    if (!skip_properties(alias)) return false;
    const bool is_text = !alias && cursor_.peek() != '[' && cursor_.peek() != '{' &&
                         !(cursor_.peek() == '?' && cursor_.blank_or_end_after(1));
    if (!is_text) return reporter_.report(cursor_, "yaml.key", "a key must be text", "write 'key: value'");
    if (!at_implicit_key()) {
        return reporter_.report(cursor_, "yaml.syntax", "a key and ':' are missing here",
                                "write 'key: value'; more text of the line above is indented more");
    }
    if (!leaf(1 << 30, false, out)) return false;  // a key does not go on in the next line
    cursor_.skip_blanks();
    if (cursor_.peek() != ':')
        return reporter_.report(cursor_, "yaml.syntax", "there is no ':' behind the key");
    cursor_.step();
    return true;
}

void Parser::check_key(const Node& map, const Node& key, Keys& keys) {
    const Place place = {"", key.line, key.column};
    if (key.kind == Node::Kind::null) {
        reporter_.report(place, "yaml.key", "a key must be text", "", "put it in quotes");
        return;
    }
    const auto same = [&](const auto& entry) { return entry.first.text == key.text; };
    if (map.entries.size() >= searchable) {
        if (keys.empty()) {
            for (const auto& [name, value] : map.entries) keys.insert(name.text);
        }
        if (keys.insert(key.text).second) return;
    }
    const auto first = std::find_if(map.entries.begin(), map.entries.end(), same);
    if (first == map.entries.end()) return;
    reporter_.report(place, "yaml.duplicate-key", fmt::format("the key '{}' is given twice", key.text),
                     key.text, fmt::format("it is first given in line {}", first->first.line));
}

// A scalar or a flow collection.
bool Parser::leaf(int parent, bool in_flow, Node& out) {
    const char first = cursor_.peek();
    if (first == '[' || first == '{') return flow(parent, out);
    out = make(Node::Kind::scalar);
    if (first == '"' || first == '\'') return scalars_.quoted(parent, out);
    if (!in_flow && (first == '|' || first == '>')) return scalars_.block(parent, out);
    const bool indicator = (first == '-' || first == '?' || first == ':') && cursor_.blank_or_end_after(1);
    if (indicator || std::string_view(",]}%@`|>").find(first) != std::string_view::npos) {
        return reporter_.report(cursor_, "yaml.syntax", fmt::format("a value cannot begin with '{}'", first),
                                "put it in quotes");
    }
    if (!scalars_.plain(parent, in_flow, out)) return false;
    if (is_null(out.text)) {
        out.kind = Node::Kind::null;
        out.text.clear();
    }
    return true;
}

// Anchors, tags and aliases are errors, and passed over; an alias stands for a value.
bool Parser::skip_properties(bool& alias) {
    while (cursor_.peek() == '&' || cursor_.peek() == '!' || cursor_.peek() == '*') {
        const Cursor begin = cursor_;
        const char sign = cursor_.peek();
        while (!cursor_.at_break() && !is_blank(cursor_.peek()) &&
               std::string_view(",[]{}").find(cursor_.peek()) == std::string_view::npos) {
            cursor_.step();
        }
        const std::string written(begin.at(), cursor_.at());
        const Place place = Reporter::place(begin);
        if (sign == '&')
            reporter_.report(place, "yaml.anchor", "anchors are not allowed", written,
                             "write the value out where it is used");
        if (sign == '!')
            reporter_.report(place, "yaml.tag", "tags are not allowed", written,
                             "leave the tag out; text that begins with '!' needs quotes");
        if (sign == '*')
            reporter_.report(place, "yaml.alias", "aliases are not allowed", written,
                             "write the value out; text that begins with '*' needs quotes");
        cursor_.skip_blanks();
        alias = sign == '*';
        if (alias || reporter_.stopped()) return !reporter_.stopped();
    }
    return true;
}

}  // namespace caseaudit::yaml
