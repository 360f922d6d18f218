#include "expression/lexer.h"

#include <charconv>

namespace caseaudit::expression {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
  public:
    explicit Lexer(const Source& source) : source_(source), text_(source.text.text) {}

    Result<std::vector<Token>> run() {
        while (errors_.empty()) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            if (at_ == text_.size()) break;
            begin_ = at_;
            word();
        }
        if (!errors_.empty()) return std::move(errors_);
        begin_ = at_;
        add(TokenKind::end);
        return std::move(tokens_);
    }

  private:
    char look(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void word() {
        const char c = look();
        if ((c == 'r' || c == 'R') && (look(1) == '\'' || look(1) == '"')) {
            ++at_;
            quoted(true);
        } else if (is_letter(c)) {
            name();
        } else if (c == '$') {
            dollar();
        } else if (is_digit(c) || (c == '.' && is_digit(look(1)))) {
            number();
        } else if (c == '\'' || c == '"') {
            quoted(false);
        } else {
            symbol();
        }
    }

    void name() {
        while (is_letter(look()) || is_digit(look())) ++at_;
        add(TokenKind::name, std::string(text_.substr(begin_, at_ - begin_)));
    }

    void dollar() {
        ++at_;
        if (!is_letter(look())) return fail("a name must follow '$'", "for example $limit");
        while (is_letter(look()) || is_digit(look())) ++at_;
        add(TokenKind::dollar, std::string(text_.substr(begin_ + 1, at_ - begin_ - 1)));
    }

    void number() {
        while (is_digit(look())) ++at_;
        const bool decimal = look() == '.' && is_digit(look(1));
        if (decimal) {
            ++at_;
            while (is_digit(look())) ++at_;
        }
        if (is_letter(look())) {
            while (is_letter(look()) || is_digit(look())) ++at_;
            return fail("a number cannot be followed by letters", "");
        }
        const char *first = text_.data() + begin_, *last = text_.data() + at_;
        Token& token = add(decimal ? TokenKind::decimal : TokenKind::integer, std::string(first, last));
        const auto read = decimal ? std::from_chars(first, last, token.decimal, std::chars_format::fixed)
                                  : std::from_chars(first, last, token.integer);
        if (read.ec != std::errc{}) fail("this number is too large", "");
    }

    void quoted(bool raw) {
        const char quote = text_[at_++];
        std::string value;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] == '\\' && !raw) {
                if (!escape(value)) return;
            } else {
                value += text_[at_++];
            }
        }
        if (at_ == text_.size())
            return fail("this text has no closing quote", std::string("end it with ") + quote);
        ++at_;
        add(TokenKind::text, std::move(value));
    }

    bool escape(std::string& value) {
        constexpr std::string_view written = "\\'\"nrt", meant = "\\'\"\n\r\t";
        const auto found = written.find(look(1));
        if (look(1) == '\0' || found == std::string_view::npos) {
            begin_ = at_;
            at_ = std::min(at_ + 2, text_.size());
            fail("unknown escape in a text", "write a pattern as r'…', where a backslash stands for itself");
            return false;
        }
        value += meant[found];
        at_ += 2;
        return true;
    }

    void symbol() {
        for (const std::string_view two : {"&&", "||", "==", "!=", "<=", ">="})
            if (text_.substr(at_, 2) == two) {
                at_ += 2;
                add(TokenKind::symbol, std::string(two));
                return;
            }
        const char c = text_[at_++];
        if (std::string_view("!<>+-*/%?:()[],.").find(c) != std::string_view::npos) {
            add(TokenKind::symbol, std::string(1, c));
            return;
        }
        while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
        const std::string_view character = text_.substr(begin_, at_ - begin_);
        fail(fmt::format("'{}' cannot stand here", character), hint_for(character));
    }

    static std::string hint_for(std::string_view character) {
        if (character == "=") return "to compare write ==";
        if (character == "&") return "write && for 'and'";
        if (character == "|") return "write || for 'or'";
        // What word processors put in place of quotes and of the minus.
        for (const std::string_view quote : {"‘", "’", "“", "”", "„", "`", "´"})
            if (character == quote) return "put texts in straight quotes, as 'C2'";
        if (character == "–" || character == "−") return "write - for minus";
        if (character == "≤") return "write <=";
        if (character == "≥") return "write >=";
        if (character == "≠") return "write !=";
        return "";
    }

    Token& add(TokenKind kind, std::string text = "") {
        Token token;
        token.kind = kind;
        token.text = std::move(text);
        token.begin = static_cast<std::uint32_t>(begin_);
        token.end = static_cast<std::uint32_t>(at_);
        return tokens_.emplace_back(std::move(token));
    }

    void fail(std::string message, std::string hint) {
        errors_.push_back(point_at(source_, static_cast<std::uint32_t>(begin_),
                                   static_cast<std::uint32_t>(at_), "expression.syntax", std::move(message),
                                   std::move(hint)));
    }

    const Source& source_;
    std::string_view text_;
    std::size_t at_ = 0, begin_ = 0;
    std::vector<Token> tokens_;
    Diagnostics errors_;
};

}  // namespace

Result<std::vector<Token>> split_into_tokens(const Source& source) {
    return Lexer(source).run();
}

}  // namespace caseaudit::expression
