// A position in a text that keeps count of lines. Private to yaml/.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::yaml {

inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
inline bool is_break(char c) {
    return c == '\n' || c == '\r';
}

class Cursor {
  public:
    // The string must outlive the cursor. It holds no NUL, so that one behind its end can stand for the end.
    explicit Cursor(const std::string& text)
        : begin_(text.data()), at_(begin_), line_begin_(begin_), end_(begin_ + text.size()) {}

    bool done() const { return at_ == end_; }
    char peek() const { return *at_; }
    char peek_next() const { return done() ? '\0' : at_[1]; }
    const char* at() const { return at_; }
    bool at_break() const { return done() || is_break(*at_); }
    // A line end, or a comment; the character before a comment must be blank or the line's first.
    bool at_line_end() const {
        return at_break() || (*at_ == '#' && (at_ == line_begin_ || is_blank(at_[-1])));
    }
    bool blank_or_end_after(std::size_t ahead) const {
        return at_ + ahead >= end_ || is_blank(at_[ahead]) || is_break(at_[ahead]);
    }

    std::uint32_t line() const { return line_; }
    int column() const { return static_cast<int>(at_ - line_begin_); }  // from 0
    bool first_on_line() const {
        for (const char* c = line_begin_; c < at_; ++c) {
            if (!is_blank(*c)) return false;
        }
        return true;
    }
    bool starts_with(std::string_view text) const {
        return static_cast<std::size_t>(end_ - at_) >= text.size() &&
               std::string_view(at_, text.size()) == text;
    }

    void move_to(const char* place) { at_ = place; }  // within the line
    void step() { ++at_; }                            // within the line
    void skip_blanks() {
        while (is_blank(*at_)) ++at_;
    }
    void skip_line() {  // to the beginning of the next one
        while (!at_break()) ++at_;
        next_line();
    }
    void next_line() {  // over the line break at the cursor
        if (done()) return;
        at_ += *at_ == '\r' && at_[1] == '\n' ? 2 : 1;
        line_begin_ = at_;
        ++line_;
    }

  private:
    const char* begin_;
    const char* at_;
    const char* line_begin_;
    const char* end_;
    std::uint32_t line_ = 1;
};

}  // namespace caseaudit::yaml
