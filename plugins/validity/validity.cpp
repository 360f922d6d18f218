// validity: is a value one that it may be? None of these checks shows the value as evidence: a rule's
// message can, where the dataset lets that field be shown.
#include <caseaudit/sdk.hpp>

#include <re2/re2.h>

#include <unordered_set>

namespace {
using namespace caseaudit::sdk;

// What a missing value means: validity has nothing to say of it unless the rule does.
constexpr const char* missing_is_description = "What a missing value means: undecided, passes or fails.";

class MissingIs {
  public:
    explicit MissingIs(const Constant<std::string>& word)
        : choice_(choice(word, "missing_is", {"undecided", "passes", "fails"})) {}
    MissingIs() = default;
    Verdict judge(const Row& row) const {
        return choice_ == 0 ? row.undecided() : choice_ == 1 ? row.passes() : row.fails();
    }

  private:
    std::size_t choice_ = 0;
};

struct Code {
    static constexpr auto name = "code";
    static constexpr auto description = "A value is one of a list.";
    Expression<std::string_view> value;
    ConstantList<std::string> allowed;
    Constant<std::string> missing_is;
    static constexpr auto parameters = std::tuple{
        required(&Code::value, "value", "The code, whether or not it is on the list of its own field."),
        required(&Code::allowed, "allowed", "The values it may have; upper and lower case differ."),
        optional(&Code::missing_is, "missing_is", missing_is_description).otherwise("undecided")};

    void prepare(const Context&) {
        missing_ = MissingIs(missing_is);
        if (allowed.size() == 0) throw Refusal("allowed", "must not be empty");
        for (const std::string& one : allowed) known_.insert(one);
    }
    Verdict judge(const Row& row) const {
        const auto code = row[value];
        if (code.missing()) return missing_.judge(row);
        return code.known() && known_.contains(*code) ? row.passes() : row.fails();
    }

  private:
    MissingIs missing_;
    std::unordered_set<std::string_view> known_;  // texts of `allowed`
};

struct Readable {
    static constexpr auto name = "readable";
    static constexpr auto description =
        "A value can be read as its type: a real date, a number, a code on its list.";
    Expression<Value> value;
    Constant<std::string> missing_is;
    static constexpr auto parameters =
        std::tuple{required(&Readable::value, "value", "The field."),
                   optional(&Readable::missing_is, "missing_is",
                            "What a missing value means: passes, undecided or fails.")
                       .otherwise("passes")};

    void prepare(const Context&) { missing_ = MissingIs(missing_is); }
    Verdict judge(const Row& row) const {
        const State state = row.state(value.column());
        if (state == State::missing) return missing_.judge(row);
        return state == State::invalid ? row.fails() : row.passes();
    }

  private:
    MissingIs missing_;
};

struct Pattern {
    static constexpr auto name = "pattern";
    static constexpr auto description = "A text is of a form, from its first character to its last.";
    Expression<std::string_view> value;
    Constant<std::string> pattern, missing_is;
    static constexpr auto parameters = std::tuple{
        required(&Pattern::value, "value", "The text. One that cannot be read fails."),
        required(&Pattern::pattern, "pattern", "A regular expression (RE2) that matches all of it."),
        optional(&Pattern::missing_is, "missing_is", missing_is_description).otherwise("undecided")};

    void prepare(const Context&) {
        missing_ = MissingIs(missing_is);
        RE2::Options quiet;
        quiet.set_log_errors(false);
        expression_ = std::make_unique<RE2>(*pattern, quiet);
        if (!expression_->ok())
            throw Refusal("pattern", "is not a regular expression: " + expression_->error());
    }
    Verdict judge(const Row& row) const {
        const auto text = row[value];
        if (text.missing()) return missing_.judge(row);
        return text.known() && RE2::FullMatch(re2::StringPiece(text->data(), text->size()), *expression_)
                   ? row.passes()
                   : row.fails();
    }

  private:
    MissingIs missing_;
    std::unique_ptr<const RE2> expression_;  // may be used by many threads at once
};

struct Range {
    static constexpr auto name = "range";
    static constexpr auto description = "A number or date lies between two others, both included.";
    Expression<Value> value, from, to;
    Constant<std::string> missing_is;
    static constexpr auto parameters =
        std::tuple{required(&Range::value, "value", "The number or date. One that cannot be read fails."),
                   optional(&Range::from, "from", "The least it may be; where this is missing: undecided."),
                   optional(&Range::to, "to", "The most it may be; where this is missing: undecided."),
                   optional(&Range::missing_is, "missing_is", missing_is_description).otherwise("undecided")};
    static constexpr std::array evidence = {shows<std::string_view>("side", "below or above."),
                                            shows<Value>("limit", "The limit that it passes.")};

    void prepare(const Context&) {
        missing_ = MissingIs(missing_is);
        if (!from && !to) throw Refusal("from", "or to is needed: what may the value be?");
        if (!ordered(value.type())) throw Refusal("value", "must be a number or a date");
        if (from && !comparable(value.type(), from.type()))
            throw Refusal("from", "is not of the type of value");
        if (to && !comparable(value.type(), to.type())) throw Refusal("to", "is not of the type of value");
    }
    Verdict judge(const Row& row) const {
        const auto found = row[value];
        if (found.missing()) return missing_.judge(row);
        if (found.invalid()) return row.fails();
        const auto least = row[from], most = row[to];
        if (least && compare(*found, *least) < 0) return row.fails({{"side", "below"}, {"limit", *least}});
        if (most && compare(*found, *most) > 0) return row.fails({{"side", "above"}, {"limit", *most}});
        if ((from && !least) || (to && !most)) return row.undecided();
        return row.passes();
    }

  private:
    static bool ordered(Type type) {
        return type == Type::integer || type == Type::decimal || type == Type::date;
    }
    static bool comparable(Type left, Type right) {
        return ordered(right) && (left == Type::date) == (right == Type::date);
    }
    MissingIs missing_;
};

}  // namespace

CASEAUDIT_PLUGIN("validity", "0.1.0", "Is it a value that it may be.", Code, Readable, Pattern, Range)
