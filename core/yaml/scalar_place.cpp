#include "yaml/scalar_place.h"

#include <algorithm>
#include <string_view>

namespace caseaudit::yaml {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// A position in the source that keeps count of lines and columns.
class Cursor {
  public:
    Cursor(std::string_view text, const Node& node) : text_(text), column_(node.column) {
        while (line_ < node.line && at_ < text_.size()) step_line();
        at_ = std::min(text_.size(), at_ + node.column - 1);
        column_ = node.column;
    }
    bool done() const { return at_ >= text_.size(); }
    char get(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    void step(std::size_t count = 1) {
        for (; count > 0 && !done(); --count) {
            const bool ends_line = get() == '\n' || (get() == '\r' && get(1) != '\n');
            ++at_;
            ++column_;
            if (ends_line) ++line_, column_ = 1;
        }
    }
    void step_line() {
        const std::uint32_t line = line_;
        while (line_ == line && !done()) step();
    }
    std::uint32_t line() const { return line_; }
    std::uint32_t column() const { return column_; }
    std::size_t at() const { return at_; }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1, column_ = 1;
};

std::size_t escape_length(const Cursor& cursor) {
    switch (cursor.get(1)) {
        case 'x':
            return 4;
        case 'u':
            return 6;
        case 'U':
            return 10;
        default:
            return 2;
    }
}

// Bytes of text that an escape stands for: one, unless it is a code point beyond ASCII.
std::size_t bytes_at(std::string_view text, std::size_t i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Moves over white space that the scalar does not hold: indentation and folded line ends.
void skip_to(Cursor& cursor, char wanted) {
    if (is_blank(
            wanted)) {  // a space or line end in the text: the line end in the source, and what goes with it
        while (!cursor.done() && is_blank(cursor.get()) && cursor.get() != '\n') cursor.step();
        return;
    }
    while (!cursor.done() && is_blank(cursor.get()) && cursor.get() != wanted) cursor.step();
}

void step_character(Cursor& cursor, std::string_view text, std::size_t& i, char quote) {
    const char c = text[i];
    if (quote == '"' && cursor.get() == '\\' && !is_blank(cursor.get(1))) {
        cursor.step(escape_length(cursor));
        i += bytes_at(text, i);
        return;
    }
    if (quote == '\'' && c == '\'') {
        cursor.step(2);
    } else if (cursor.get() == c) {
        cursor.step();
    } else {
        skip_to(cursor, c);
        if (is_blank(cursor.get()) || cursor.get() == c) cursor.step();
    }
    ++i;
}

}  // namespace

Place place_of(const Document& document, const Node& node) {
    return {document.file, node.line, node.column};
}

Place place_in(const Document& document, const Node& node, std::size_t offset) {
    if (node.line == 0 || node.column == 0) return place_of(document, node);
    Cursor cursor(document.text, node);
    const char first = cursor.get();
    const char quote = node.quoted && (first == '"' || first == '\'') ? first : '\0';
    if (quote) cursor.step();
    if (node.quoted && !quote) cursor.step_line();  // a block scalar begins on the line below its sign
    std::size_t i = 0;
    while (i < std::min(offset, node.text.size())) step_character(cursor, node.text, i, quote);
    if (offset < node.text.size() && cursor.get() != node.text[offset]) skip_to(cursor, node.text[offset]);
    return {document.file, cursor.line(), cursor.column()};
}

std::string written(const Document& document, const Node& node) {
    if (node.line == 0 || node.kind == Node::Kind::null) return "";
    Cursor cursor(document.text, node);
    const char first = cursor.get();
    std::string_view rest = std::string_view(document.text).substr(cursor.at());
    rest = rest.substr(0, rest.find_first_of("\r\n"));
    if (node.kind != Node::Kind::scalar) return std::string(rest.substr(0, 1));
    if (!node.quoted)
        return std::string(
            rest.substr(0, std::min(rest.size(), node.text.find('\n'))).substr(0, node.text.size()));
    if (first != '"' && first != '\'') return std::string(rest.substr(0, 1));
    std::size_t end = 1;
    while (end < rest.size() && (rest[end] != first || (first == '\'' && rest.substr(end, 2) == "''"))) {
        end += rest[end] == '\\' || rest[end] == first ? 2 : 1;
    }
    return std::string(rest.substr(0, std::min(rest.size(), end + 1)));
}

}  // namespace caseaudit::yaml
