// completeness: is what should be recorded recorded? A value that cannot be read as its type is recorded
// all the same: that it is wrong is for validity to say.
#include <caseaudit/sdk.hpp>

namespace {
using namespace caseaudit::sdk;

// The expressions that are missing in a row, as the rule writes them: "SEX, DOB".
std::string missing_texts(const Row& row, const ExpressionList<Value>& values) {
    std::string texts;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (row.state(values.column() + i) == State::missing)
            texts += (texts.empty() ? "" : ", ") + values.text(i);
    return texts;
}

std::size_t count_missing(const Row& row, const ExpressionList<Value>& values) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        count += row.state(values.column() + i) == State::missing ? 1 : 0;
    return count;
}

constexpr std::array missing_evidence = {
    shows<std::string_view>("missing",
                            "The values that are missing, as the rule writes them, with commas between."),
    shows<std::int64_t>("missing_count", "How many are missing.")};

Verdict fail(const Row& row, const ExpressionList<Value>& values, std::size_t missing) {
    return row.fails({{"missing", missing_texts(row, values)}, {"missing_count", missing}});
}

struct Present {
    static constexpr auto name = "present";
    static constexpr auto description = "Values are recorded: all of them, or at least one.";
    ExpressionList<Value> values;
    Constant<std::string> needs;
    static constexpr auto parameters =
        std::tuple{required(&Present::values, "values", "What should be recorded."),
                   optional(&Present::needs, "needs", "all: each of the values; any: at least one of them.")
                       .otherwise("all")};
    static constexpr auto evidence = missing_evidence;

    void prepare(const Context&) {
        if (values.size() == 0) throw Refusal("values", "must not be empty");
        any_ = choice(needs, "needs", {"all", "any"}) == 1;
    }
    Verdict judge(const Row& row) const {
        const std::size_t missing = count_missing(row, values);
        if (any_ ? missing < values.size() : missing == 0) return row.passes();
        return fail(row, values, missing);
    }

  private:
    bool any_ = false;
};

struct Together {
    static constexpr auto name = "together";
    static constexpr auto description = "Values are recorded all together or not at all.";
    ExpressionList<Value> values;
    static constexpr auto parameters =
        std::tuple{required(&Together::values, "values", "Two or more values that belong together.")};
    static constexpr auto evidence = missing_evidence;

    void prepare(const Context&) {
        if (values.size() < 2) throw Refusal("values", "must be two or more");
    }
    Verdict judge(const Row& row) const {
        const std::size_t missing = count_missing(row, values);
        if (missing == 0 || missing == values.size()) return row.passes();
        return fail(row, values, missing);
    }
};

}  // namespace

CASEAUDIT_PLUGIN("completeness", "0.1.0", "Is it recorded at all.", Present, Together)
