#include "rulepack/message.h"

namespace caseaudit::rulepack {
namespace {

constexpr std::string_view blanks = " \t\n";

// The brace that closes the placeholder opened at `open`, or npos when there is none.
std::size_t closing_brace(std::string_view text, std::size_t open) {
    for (std::size_t at = open + 1; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '}') return at;
        if (c == '{') return std::string_view::npos;
        if (c != '\'' && c != '"') continue;
        const std::size_t literal_end = text.find(c, at + 1);
        if (literal_end == std::string_view::npos) return std::string_view::npos;
        at = literal_end;
    }
    return std::string_view::npos;
}

class TemplateParser {
  public:
    explicit TemplateParser(std::string_view text) : text_(text) {}

    Template parse() {
        while (at_ < text_.size()) step();
        end_literal();
        return std::move(result_);
    }

  private:
    void step() {
        const char c = text_[at_];
        if (c != '{' && c != '}') {
            literal_ += c;
            ++at_;
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == c) {
            literal_ += c;
            at_ += 2;
        } else if (c == '}') {
            error(at_, 1, "a '}' closes no placeholder", "write }} for a brace that is part of the message");
            ++at_;
        } else {
            placeholder();
        }
    }

    void placeholder() {
        const std::size_t close = closing_brace(text_, at_);
        if (close == std::string_view::npos) {
            error(at_, 1, "a placeholder is opened by '{' and not closed",
                  "close it with }, or write {{ for a brace that is part of the message");
            at_ = std::min(text_.find('{', at_ + 1), text_.size());
            return;
        }
        const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
        const std::size_t first = inside.find_first_not_of(blanks);
        if (first == std::string_view::npos) {
            error(at_, close + 1 - at_, "a placeholder is empty",
                  "name a field, an expression or a piece of the check's evidence between the braces");
        } else {
            end_literal();
            const std::size_t last = inside.find_last_not_of(blanks);
            result_.pieces.push_back(
                {std::string(inside.substr(first, last - first + 1)), true, at_ + 1 + first});
        }
        at_ = close + 1;
    }

    void end_literal() {
        if (literal_.empty()) return;
        result_.pieces.push_back({std::move(literal_), false, 0});
        literal_.clear();
    }

    void error(std::size_t offset, std::size_t length, std::string message, std::string hint) {
        result_.errors.push_back({offset, length, std::move(message), std::move(hint)});
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string literal_;
    Template result_;
};

}  // namespace

Template parse_template(std::string_view text) {
    return TemplateParser(text).parse();
}

}  // namespace caseaudit::rulepack
