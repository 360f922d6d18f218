#include "expression/lexer.h"
#include "expression/syntax.h"

namespace caseaudit::expression {
namespace {

struct Level {
    std::string_view symbol;
    int level;
};
// Binary operators from the loosest to the tightest, as in the Common Expression Language.
constexpr Level levels[] = {{"||", 1}, {"&&", 2}, {"==", 3}, {"!=", 3}, {"<", 3}, {"<=", 3}, {">", 3},
                            {">=", 3}, {"in", 3}, {"+", 4},  {"-", 4},  {"*", 5}, {"/", 5},  {"%", 5}};

class Parser {
  public:
    Parser(std::shared_ptr<const Source> source, std::vector<Token> tokens)
        : source_(std::move(source)), tokens_(std::move(tokens)) {}

    Result<SyntaxPointer> run() {
        if (token().kind == TokenKind::end) {
            fail(token(), "the expression is empty", "");
            return std::move(errors_);
        }
        SyntaxPointer tree = conditional();
        if (tree && token().kind != TokenKind::end) unexpected(after_expression("an operator was expected"));
        if (!errors_.empty()) return std::move(errors_);
        return tree;
    }

  private:
    using Node = std::shared_ptr<Syntax>;

    const Token& token() const { return tokens_[at_]; }
    bool is(std::string_view symbol) const {
        return token().kind == TokenKind::symbol && token().text == symbol;
    }
    bool is_name(std::string_view name) const {
        return token().kind == TokenKind::name && token().text == name;
    }
    bool accept(std::string_view symbol) {
        if (!is(symbol)) return false;
        ++at_;
        return true;
    }

    // A null pointer means that an error has been noted.
    SyntaxPointer conditional() {
        const Depth depth(*this);
        if (!depth.allowed()) return nullptr;
        SyntaxPointer condition = binary(1);
        if (!condition || !is("?")) return condition;
        const Token mark = token();
        ++at_;
        SyntaxPointer then = conditional();
        if (!then) return nullptr;
        if (!accept(":"))
            return unexpected("':' was expected, with the value for when the condition is false");
        SyntaxPointer otherwise = conditional();
        if (!otherwise) return nullptr;
        return make(Form::conditional, condition->begin, mark, "?", {condition, then, otherwise});
    }

    int level_here() const {
        if (token().kind != TokenKind::symbol && !is_name("in")) return 0;
        for (const Level& level : levels)
            if (token().text == level.symbol) return level.level;
        return 0;
    }

    SyntaxPointer binary(int least) {
        SyntaxPointer left = unary();
        while (left) {
            const int level = level_here();
            if (level == 0 || level < least) return left;
            const Token symbol = token();
            ++at_;
            SyntaxPointer right = binary(level + 1);
            if (!right) return nullptr;
            left = make(Form::binary, left->begin, symbol, symbol.text, {left, right});
        }
        return left;
    }

    SyntaxPointer unary() {
        if (!is("!") && !is("-")) return postfix();
        const Depth depth(*this);
        if (!depth.allowed()) return nullptr;
        const Token symbol = token();
        ++at_;
        SyntaxPointer operand = unary();
        if (!operand) return nullptr;
        return make(Form::unary, symbol.begin, symbol, symbol.text, {operand});
    }

    SyntaxPointer postfix() {
        SyntaxPointer left = primary();
        while (left) {
            if (accept(".")) {
                left = member(left);
            } else if (is("[")) {
                const Token bracket = token();
                ++at_;
                SyntaxPointer key = conditional();
                if (!key) return nullptr;
                if (!accept("]")) return unexpected("']' was expected");
                left = make(Form::index, left->begin, bracket, "", {left, key});
            } else {
                return left;
            }
        }
        return left;
    }

    SyntaxPointer member(const SyntaxPointer& left) {
        if (token().kind != TokenKind::name) return unexpected("a name was expected after '.'");
        const Token name = token();
        ++at_;
        if (!accept("(")) return make(Form::member, left->begin, name, name.text, {left});
        std::vector<SyntaxPointer> children{left};
        if (!arguments(children, ")")) return nullptr;
        return make(Form::method, left->begin, name, name.text, std::move(children));
    }

    SyntaxPointer primary() {
        const Token first = token();
        switch (first.kind) {
            case TokenKind::integer:
            case TokenKind::decimal:
            case TokenKind::text:
                return literal(first);
            case TokenKind::dollar:
                return name_or_call(Form::dollar, Form::dollar_call);
            case TokenKind::name:
                if (first.text == "true" || first.text == "false") return literal(first);
                if (first.text == "in") return unexpected("'in' needs a value on its left");
                return name_or_call(Form::name, Form::call);
            default:
                break;
        }
        if (accept("(")) {
            SyntaxPointer inner = conditional();
            if (inner && !accept(")")) return unexpected(after_expression("')' was expected"));
            return inner;
        }
        if (accept("[")) {
            std::vector<SyntaxPointer> children;
            if (!arguments(children, "]")) return nullptr;
            return make(Form::list, first.begin, first, "", std::move(children));
        }
        if (first.kind == TokenKind::end) return unexpected("the expression ends too early");
        const bool unequal = source_->text.text.substr(0, first.end).ends_with("<>");
        return unexpected(unequal ? "write != for 'unequal'" : "a value was expected");
    }

    SyntaxPointer literal(const Token& first) {
        ++at_;
        Constant constant;
        switch (first.kind) {
            case TokenKind::integer:
                constant.kind = Kind::integer;
                constant.integer = first.integer;
                break;
            case TokenKind::decimal:
                constant.kind = Kind::decimal;
                constant.decimal = first.decimal;
                break;
            case TokenKind::text:
                constant.text = first.text;
                break;
            default:
                constant.kind = Kind::boolean;
                constant.boolean = first.text == "true";
        }
        auto node = make(Form::constant, first.begin, first, "", {});
        if (node) node->constant = std::move(constant);
        return node;
    }

    SyntaxPointer name_or_call(Form plain, Form call) {
        const Token name = token();
        ++at_;
        if (!accept("(")) return make(plain, name.begin, name, name.text, {});
        std::vector<SyntaxPointer> children;
        if (!arguments(children, ")")) return nullptr;
        return make(call, name.begin, name, name.text, std::move(children));
    }

    // What follows an opening bracket, up to and with the closing one.
    bool arguments(std::vector<SyntaxPointer>& children, std::string_view close) {
        if (accept(close)) return true;
        while (true) {
            SyntaxPointer child = conditional();
            if (!child) return false;
            children.push_back(std::move(child));
            if (accept(close)) return true;
            if (!accept(",")) {
                unexpected(fmt::format("',' or '{}' was expected", close));
                return false;
            }
        }
    }

    Node make(Form form, std::uint32_t begin, const Token& name, std::string text,
              std::vector<SyntaxPointer> children) {
        auto node = std::make_shared<Syntax>();
        node->form = form;
        node->name = std::move(text);
        node->begin = begin;
        node->end = tokens_[at_ - 1].end;
        node->name_begin = name.begin;
        node->name_end = name.end;
        node->source = source_;
        for (const SyntaxPointer& child : children) node->height = std::max(node->height, child->height + 1);
        node->children = std::move(children);
        if (node->height <= 2 * greatest_depth) return node;
        too_deep(name);
        return nullptr;
    }

    // Counts nested calls of the parser itself.
    class Depth {
      public:
        explicit Depth(Parser& parser) : parser_(parser) { ++parser_.depth_; }
        ~Depth() { --parser_.depth_; }
        bool allowed() const {
            if (parser_.depth_ <= greatest_depth) return true;
            parser_.too_deep(parser_.token());
            return false;
        }

      private:
        Parser& parser_;
    };

    void too_deep(const Token& where) {
        fail(where, "the expression is nested too deeply", "split it into named expressions");
    }

    // What is told of a token after a whole expression: `otherwise`, unless it is a word for an operator.
    std::string after_expression(std::string otherwise) const {
        if (token().kind == TokenKind::name && (token().text == "and" || token().text == "AND"))
            return "write && for 'and'";
        if (token().kind == TokenKind::name && (token().text == "or" || token().text == "OR"))
            return "write || for 'or'";
        const std::string_view text = source_->text.text;
        const auto before = text.substr(0, token().begin);
        if (before == "not " || before == "NOT " || before.ends_with(" not ") || before.ends_with("(not "))
            return "write ! for 'not', with what it denies in parentheses";
        return otherwise;
    }

    std::nullptr_t unexpected(std::string what) {
        const Token& where = token();
        if (where.kind == TokenKind::end) return fail(where, std::move(what), "");
        const std::string_view text = source_->text.text;
        return fail(where,
                    fmt::format("'{}' cannot stand here: {}",
                                text.substr(where.begin, where.end - where.begin), what),
                    "");
    }

    std::nullptr_t fail(const Token& where, std::string message, std::string hint) {
        if (errors_.empty())
            errors_.push_back(point_at(*source_, where.begin, where.end, "expression.syntax",
                                       std::move(message), std::move(hint)));
        return nullptr;
    }

    std::shared_ptr<const Source> source_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    Diagnostics errors_;
};

}  // namespace

Place Text::at(std::size_t offset) const {
    if (locate) return locate(offset);
    Place found = place;
    const std::string_view before = std::string_view(text).substr(0, offset);
    const auto line_break = before.rfind('\n');
    if (line_break == std::string_view::npos) {
        found.column += static_cast<std::uint32_t>(offset);
    } else {
        found.line += static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
        found.column = static_cast<std::uint32_t>(offset - line_break);
    }
    return found;
}

Diagnostic point_at(const Source& source, std::uint32_t begin, std::uint32_t end, std::string code,
                    std::string message, std::string hint) {
    Diagnostic diagnostic;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    diagnostic.within = source.within;
    diagnostic.place = source.text.at(begin);
    diagnostic.fragment = source.text.text.substr(begin, end - begin);
    return diagnostic;
}

Result<SyntaxPointer> parse(std::shared_ptr<const Source> source) {
    auto tokens = split_into_tokens(*source);
    if (!tokens) return std::move(tokens.errors());
    return Parser(std::move(source), std::move(*tokens)).run();
}

}  // namespace caseaudit::expression
