// uniqueness: is a thing recorded once?
#include <caseaudit/sdk.hpp>
#include <functional>
#include <unordered_map>

namespace {
using namespace caseaudit::sdk;

struct HashOfValue {
    std::size_t operator()(const Value& value) const {
        return std::hash<std::string_view>()(value.text) ^ std::hash<std::int64_t>()(value.integer) ^
               std::hash<double>()(value.decimal);
    }
};

struct Single {
    static constexpr auto name = "single";
    static constexpr auto description = "A case has at most one row, or at most one for each value.";
    Expression<Value> of;
    static constexpr auto parameters = std::tuple{
        optional(&Single::of, "of",
                 "At most one row for each value of this; rows where it is missing or invalid are undecided. "
                 "Default: at most one row.")};
    static constexpr std::array evidence = {
        shows<std::int64_t>("position",
                            "Which of the rows this is, in the table's order: 2 for the first too many."),
        shows<std::int64_t>("count", "How many there are.")};

    // The first row of each value passes, the later ones fail.
    void judge(const Case& rows) const {
        if (rows.size() == 1) {
            if (!key(rows[0]).known()) rows[0].undecided();
            return;
        }
        std::unordered_map<Value, std::int64_t, HashOfValue> counts, positions;
        for (const Row row : rows)
            if (const auto value = key(row); value.known()) ++counts[*value];
        for (const Row row : rows) {
            const auto value = key(row);
            if (!value.known()) {
                row.undecided();
                continue;
            }
            const std::int64_t count = counts[*value];
            if (count == 1) continue;
            if (const std::int64_t position = ++positions[*value]; position > 1)
                row.fails({{"position", position}, {"count", count}});
        }
    }

  private:
    Cell<Value> key(const Row& row) const { return of ? row[of] : Cell<Value>(State::present, Value{}); }
};

struct Once {
    static constexpr auto name = "once";
    static constexpr auto description = "A value occurs once in the whole extract.";
    Expression<std::int64_t> occurrences;
    static constexpr auto parameters = std::tuple{
        required(&Once::occurrences, "occurrences",
                 "How often the row's value occurs, as occurrences(FIELD) says. Missing: undecided.")};
    static constexpr std::array evidence = {shows<std::int64_t>("count", "How often it occurs.")};

    Verdict judge(const Row& row) const {
        const auto count = row[occurrences];
        if (!count) return row.undecided();
        return *count > 1 ? row.fails({{"count", *count}}) : row.passes();
    }
};

}  // namespace

CASEAUDIT_PLUGIN("uniqueness", "0.1.0", "Is it recorded once.", Single, Once)
