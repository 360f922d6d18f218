// Checks that break on the rows a rule chooses: by throwing, by refusing, and by saying what cannot be.
#include <caseaudit/sdk.hpp>

namespace {
using namespace caseaudit::sdk;

struct Throws {
    static constexpr auto name = "throws";
    static constexpr auto description = "Throws where `on` is true, fails where it is false.";
    Expression<bool> on;
    static constexpr auto parameters = std::tuple{required(&Throws::on, "on", "Where to throw.")};
    Verdict judge(const Row& row) const {
        const auto cell = row[on];
        if (!cell.present()) return row.undecided();
        if (*cell) throw std::out_of_range("a row too far");
        return row.fails();
    }
};

struct Twice {
    static constexpr auto name = "twice";
    static constexpr auto description = "Fails every row two times over.";
    static constexpr auto parameters = std::tuple{};
    void judge(const Batch& batch) const {
        batch.mark(0, 1, 0);
        batch.mark(0, 1, 0);
    }
};

struct TooFar {
    static constexpr auto name = "too-far";
    static constexpr auto description = "Fails a row that is not in the batch.";
    static constexpr auto parameters = std::tuple{};
    void judge(const Batch& batch) const { batch.mark((batch.size() + 63) / 64 * 64, 1, 0); }
};

struct Refuses {
    static constexpr auto name = "refuses";
    static constexpr auto description = "Refuses numbers below 1.";
    Constant<std::int64_t> days;
    static constexpr auto parameters = std::tuple{required(&Refuses::days, "days", "At least 1.")};
    void prepare(const Context&) const {
        if (*days < 1) throw Refusal("days", "must be 1 or more");
    }
    Verdict judge(const Row& row) const { return row.passes(); }
};

}  // namespace

CASEAUDIT_PLUGIN("breaking", "1.0", "For tests.", Throws, Twice, TooFar, Refuses)
