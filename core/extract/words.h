// What texts are made of, for what looks at their shape: letters and figures of ASCII, whatever the locale.
#pragma once
#include <cstddef>
#include <string_view>

namespace caseaudit::extract {

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The words of a text, one after another: runs of letters and figures. The text outlives it.
class Words {
  public:
    explicit Words(std::string_view text) : text_(text) {}
    // To the first word, then to the next. False after the last one.
    bool next() {
        begin_ = end_;
        while (begin_ < text_.size() && !is_part(text_[begin_])) ++begin_;
        end_ = begin_;
        while (end_ < text_.size() && is_part(text_[end_])) ++end_;
        return begin_ < end_;
    }
    std::string_view word() const { return text_.substr(begin_, end_ - begin_); }
    std::size_t begin() const { return begin_; }  // where the word stands in the text, in bytes
    std::size_t end() const { return end_; }

  private:
    static bool is_part(char c) { return is_letter(c) || is_digit(c); }

    std::string_view text_;
    std::size_t begin_ = 0, end_ = 0;
};

}  // namespace caseaudit::extract
