// Checks that throw, written with the SDK: its own guard turns what they throw into refusals.
#include <caseaudit/sdk.hpp>

namespace {
using namespace caseaudit::sdk;

struct Parameterless {
    static constexpr auto description = "Throws.";
    static constexpr auto parameters = std::tuple{};
};
struct InConstructor : Parameterless {
    static constexpr auto name = "in-constructor";
    InConstructor() { throw std::runtime_error("the list of teams is not there"); }
    Verdict judge(const Row& row) const { return row.passes(); }
};
struct InJudge : Parameterless {
    static constexpr auto name = "in-judge";
    Verdict judge(const Row&) const { throw std::out_of_range("a row too far"); }
};
struct AtSome {
    static constexpr auto name = "at-some";
    static constexpr auto description = "Throws where `on` is true, fails the others.";
    Expression<bool> on;
    static constexpr auto parameters = std::tuple{required(&AtSome::on, "on", "Where to throw.")};
    Verdict judge(const Row& row) const {
        if (*row[on]) throw std::runtime_error("no place is known to QX13");
        return row.fails();
    }
};
struct Oddly : Parameterless {
    static constexpr auto name = "oddly";
    Verdict judge(const Row&) const { throw 7; }
};
struct Refuses : Parameterless {
    static constexpr auto name = "refuses";
    void prepare(const Context& context) const {
        throw Refusal("teams", "is not known in rule " + context.rule);
    }
    Verdict judge(const Row& row) const { return row.passes(); }
};

}  // namespace

CASEAUDIT_PLUGIN("guarded", "1.0", "For tests.", InConstructor, InJudge, AtSome, Oddly, Refuses)
