#include "yaml/scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace caseaudit::yaml {
namespace {

enum : std::uint8_t { ordinary = 0, ends_line = 1, colon = 2, hash = 4, flow = 8 };

constexpr std::array<std::uint8_t, 256> classes = [] {
    std::array<std::uint8_t, 256> out{};
    out['\0'] = out['\n'] = out['\r'] = ends_line;
    out[':'] = colon;
    out['#'] = hash;
    for (const char c : {',', '[', ']', '{', '}'}) out[static_cast<unsigned char>(c)] = flow;
    return out;
}();

bool is_flow(char c) {
    return classes[static_cast<unsigned char>(c)] == flow;
}
bool ends(char c) {
    return c == '\0' || is_blank(c) || is_break(c);
}

void append_utf8(std::uint32_t code, std::string& out) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | code >> 18);
        out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// Folding: one line end is a space, more are one line end less.
void append_line_ends(std::size_t count, std::string& out) {
    if (count == 1) {
        out += ' ';
    } else if (count > 1) {
        out.append(count - 1, '\n');
    }
}

bool document_marker(const Cursor& cursor) {
    return cursor.column() == 0 && (cursor.starts_with("---") || cursor.starts_with("...")) &&
           cursor.blank_or_end_after(3);
}

}  // namespace

PlainEnd plain_end(const Cursor& from, bool in_flow) {
    const char* c = from.at();
    for (;; ++c) {
        const std::uint8_t kind = classes[static_cast<unsigned char>(*c)];
        if (kind == ordinary) continue;
        if (kind == ends_line) break;
        if (kind == colon && (ends(c[1]) || (in_flow && is_flow(c[1])))) break;
        if (kind == hash && c > from.at() && is_blank(c[-1])) break;
        if (kind == flow && in_flow) break;
    }
    const char* end = c;
    while (end > from.at() && is_blank(end[-1])) --end;
    return {end, c};
}

bool Scalars::plain(int parent, bool in_flow, Node& out) {
    for (std::size_t line_ends = 0;;) {
        const PlainEnd found = plain_end(cursor_, in_flow);
        append_line_ends(line_ends, out.text);
        out.text.append(cursor_.at(), found.end);
        cursor_.move_to(found.stop);
        if (line_ends > 0 && !in_flow && *found.stop == ':') {
            return reporter_.report(cursor_, "yaml.syntax", "a ':' in text that goes on from the line above",
                                    "indent the line like the key above, or put the whole text in quotes");
        }
        if (!cursor_.at_break() || cursor_.done()) return true;
        Cursor ahead = cursor_;
        for (line_ends = 0; ahead.at_break() && !ahead.done(); ahead.skip_blanks()) {
            ahead.next_line();
            ++line_ends;
        }
        const bool goes_on =
            !ahead.done() && ahead.column() > parent && ahead.peek() != '#' && !document_marker(ahead) &&
            !(in_flow && (is_flow(ahead.peek()) || (ahead.peek() == ':' && ends(ahead.peek_next()))));
        if (!goes_on) return true;
        cursor_ = ahead;
    }
}

bool Scalars::quoted(int parent, Node& out) {
    const Cursor opened = cursor_;
    const char quote = cursor_.peek();
    out.quoted = true;
    cursor_.step();
    for (;;) {
        const char* c = cursor_.at();
        while (*c != quote && *c != '\\' && !ends(*c)) ++c;
        out.text.append(cursor_.at(), c);
        cursor_.move_to(c);
        if (*c == quote) {
            cursor_.step();
            if (quote == '"' || cursor_.peek() != quote) return true;
            out.text += quote;  // '' stands for one quote
            cursor_.step();
        } else if (*c == '\\' && quote == '"') {
            if (!is_break(cursor_.peek_next())) {
                if (!escape(out.text)) return false;
                continue;
            }
            cursor_.step();  // the line goes on without a space; empty lines between stay line ends
            std::size_t line_ends = 0;
            if (!skip_line_ends(parent, opened, line_ends)) return false;
            out.text.append(line_ends - 1, '\n');
        } else if (*c == '\\') {
            out.text += *c;
            cursor_.step();
        } else if (!fold_quoted_lines(parent, opened, out.text)) {
            return false;
        }
    }
}

// At a blank, a line end or the end of the file within quotes.
bool Scalars::fold_quoted_lines(int parent, const Cursor& opened, std::string& out) {
    const char* blanks = cursor_.at();
    cursor_.skip_blanks();
    if (!cursor_.at_break()) {
        out.append(blanks, cursor_.at());
        return true;
    }
    std::size_t line_ends = 0;
    if (!skip_line_ends(parent, opened, line_ends)) return false;
    append_line_ends(line_ends, out);
    return true;
}

bool Scalars::skip_line_ends(int parent, const Cursor& opened, std::size_t& count) {
    for (; cursor_.at_break() && !cursor_.done(); cursor_.skip_blanks()) {
        cursor_.next_line();
        ++count;
    }
    if (!cursor_.done() && cursor_.column() > parent && !document_marker(cursor_)) return true;
    return reporter_.report(Reporter::place(opened), "yaml.syntax", "the quote that opens here is not closed",
                            std::string(1, opened.peek()), "");
}

bool Scalars::escape(std::string& out) {
    const char kind = cursor_.peek_next();
    static constexpr std::string_view names = "0abt\tnvfre \"/\\N_LP";
    static constexpr std::array<std::uint32_t, 18> codes = {
        0, 7, 8, 9, 9, 10, 11, 12, 13, 27, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029};
    if (kind == 'x' || kind == 'u' || kind == 'U')
        return code_point(kind == 'x' ? 2 : kind == 'u' ? 4 : 8, out);
    const std::size_t found = kind == '\0' ? std::string_view::npos : names.find(kind);
    if (found == std::string_view::npos) {
        return reporter_.report(cursor_, "yaml.escape", "there is no such escape in double quotes",
                                "write \\\\ for a backslash, or use single quotes");
    }
    append_utf8(codes[found], out);
    cursor_.step();
    cursor_.step();
    return true;
}

bool Scalars::code_point(std::size_t digits, std::string& out) {
    const Cursor begin = cursor_;
    cursor_.step();
    cursor_.step();
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i, cursor_.step()) {
        const char c = cursor_.peek();
        const int value = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (value < 0)
            return reporter_.report(begin, "yaml.escape",
                                    fmt::format("this escape needs {} hexadecimal digits", digits));
        code = code * 16 + static_cast<std::uint32_t>(value);
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return reporter_.report(begin, "yaml.escape", "there is no such character");
    append_utf8(code, out);
    return true;
}

bool Scalars::read_header(Header& header) {
    header.folded = cursor_.peek() == '>';
    for (cursor_.step(); !cursor_.at_break() && !is_blank(cursor_.peek()); cursor_.step()) {
        const char c = cursor_.peek();
        if ((c == '-' || c == '+') && header.chomping == ' ') {
            header.chomping = c;
        } else if (c >= '1' && c <= '9' && header.indent == 0) {
            header.indent = c - '0';
        } else {
            return reporter_.report(cursor_, "yaml.syntax", "text begins on the line below '|' or '>'",
                                    "put the text in quotes, or on the next line");
        }
    }
    cursor_.skip_blanks();
    if (!cursor_.at_line_end()) {
        return reporter_.report(cursor_, "yaml.syntax", "text begins on the line below '|' or '>'",
                                "put the text in quotes, or on the next line");
    }
    cursor_.skip_line();
    return true;
}

// The indentation of the first line that holds anything; of the longest blank line when none does.
int Scalars::content_indent(int parent) const {
    Cursor ahead = cursor_;
    int longest = parent + 1;
    while (!ahead.done()) {
        while (ahead.peek() == ' ') ahead.step();
        if (!ahead.at_break()) return std::max(ahead.column(), parent + 1);
        longest = std::max(longest, ahead.column());
        ahead.next_line();
    }
    return longest;
}

bool Scalars::block(int parent, Node& out) {
    Header header;
    out.quoted = true;
    if (!read_header(header)) return false;
    const int indent = header.indent ? std::max(parent, 0) + header.indent : content_indent(parent);
    std::size_t line_ends = 0;
    bool was_indented = false, any = false;
    while (!cursor_.done()) {
        Cursor ahead = cursor_;
        while (ahead.column() < indent && ahead.peek() == ' ') ahead.step();
        if (ahead.at_break() && !ahead.done()) {  // an empty line
            ++line_ends;
            ahead.next_line();
            cursor_ = ahead;
            continue;
        }
        if (ahead.done() || ahead.column() < indent || document_marker(ahead)) break;
        const char* begin = ahead.at();
        while (!ahead.at_break()) ahead.step();
        const bool is_indented = is_blank(*begin);
        if (!any || !header.folded || was_indented || is_indented) {
            out.text.append(line_ends, '\n');
        } else {
            append_line_ends(line_ends, out.text);
        }
        out.text.append(begin, ahead.at());
        any = true;
        was_indented = is_indented;
        line_ends = ahead.done() ? 0 : 1;
        ahead.next_line();
        cursor_ = ahead;
    }
    if (header.chomping == '+') out.text.append(line_ends, '\n');
    if (header.chomping == ' ' && any && line_ends > 0) out.text += '\n';
    return true;
}

}  // namespace caseaudit::yaml
