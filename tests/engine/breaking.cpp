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

// Throws likewise, having failed the rows before in the case, and the row itself.
struct ThrowsByCase {
    static constexpr auto name = "throws-by-case";
    static constexpr auto description = "Throws in a case where `on` is true, fails all rows before it.";
    Expression<bool> on;
    static constexpr auto parameters = std::tuple{required(&ThrowsByCase::on, "on", "Where to throw.")};
    void judge(const Case& rows) const {
        for (const Row row : rows) {
            row.fails();
            if (*row[on]) throw std::out_of_range("a row too far");
        }
    }
};

// The same over the whole batch, of which it sees only what it is given.
struct ThrowsByBatch {
    static constexpr auto name = "throws-by-batch";
    static constexpr auto description = "Throws in a batch where `on` is true, fails all rows before it.";
    Expression<bool> on;
    static constexpr auto parameters = std::tuple{required(&ThrowsByBatch::on, "on", "Where to throw.")};
    void judge(const Batch& rows) const {
        for (const Row row : rows) {
            row.fails();
            if (*row[on]) throw 7;
        }
    }
};

// Throws over the first of several rows alone: not when that row is judged again, by itself.
struct ThrowsTogether {
    static constexpr auto name = "throws-together";
    static constexpr auto description = "Throws in a batch of more than one case.";
    static constexpr auto parameters = std::tuple{};
    void judge(const Batch& rows) const {
        if (rows.size() > 1 && rows[0].case_number() != rows[rows.size() - 1].case_number()) throw 7;
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

struct Limited {
    static constexpr auto name = "limited";
    static constexpr auto description = "Has parameters with limits.";
    Constant<Duration> within;
    Constant<double> share;
    ConstantList<std::int64_t> days;
    static constexpr auto parameters = std::tuple{optional(&Limited::within, "within", "A time.")
                                                      .at_least(1)
                                                      .at_most(12)
                                                      .in({Unit::weeks, Unit::months})
                                                      .otherwise({6, Unit::weeks}),
                                                  optional(&Limited::share, "share", "A share.").at_most(0.5),
                                                  optional(&Limited::days, "days", "Some days.").at_least(1)};
    Verdict judge(const Row& row) const { return row.passes(); }
};

// Fails each row by all rows of its case before it; of another case where `astray` is true.
struct ByOthers {
    static constexpr auto name = "by-others";
    static constexpr auto description = "Fails each row by those before it.";
    Constant<bool> astray;
    static constexpr auto parameters =
        std::tuple{optional(&ByOthers::astray, "astray", "Whether to leave the case.").otherwise(false)};
    void judge(const Batch& batch) const {
        batch.each_case([&](const Case& rows) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                std::vector<Row> before;
                for (std::size_t n = i; n > 0; --n) before.push_back(rows[n - 1]);
                if (*astray) before.push_back(batch[0]);
                rows[i].fails(nullptr, 0, before.data(), before.size());
            }
        });
    }
};

}  // namespace

CASEAUDIT_PLUGIN("breaking", "1.0", "For tests.", Throws, ThrowsByCase, ThrowsByBatch, ThrowsTogether, Twice,
                 TooFar, Refuses, Limited, ByOthers)
