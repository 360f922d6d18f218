#include "generate/service_staff.h"

#include <algorithm>

namespace caseaudit::generate::service {
namespace {

constexpr std::uint32_t full_time_children = 63;  // Kent's average in 2017/18: 63.2

std::int64_t hours(std::uint32_t children) {  // hundredths of full time
    if (children >= 53 && children <= 68) return 100;
    return std::max<std::int64_t>(1, (children * 100 + full_time_children / 2) / full_time_children);
}

void add_person(Rows& rows, std::string_view kind, std::uint64_t number, std::string_view title,
                std::int64_t caseload, Value team, std::int64_t equivalent = 100) {
    const bool social_worker = kind == "SW";
    rows.add(Table::professionals, {Value::id(kind, number),
                                    Value::id("ST", number),
                                    {},
                                    social_worker ? Value::id("SWE", 100000 + number) : Value(),
                                    title,
                                    Value::number(caseload),
                                    team,
                                    Value::hundredths(equivalent),
                                    "N"});
}

void add_teams(Rows& rows, std::uint64_t children) {
    static constexpr std::string_view areas[] = {"North West", "South East"};
    for (std::uint32_t area = 1; area <= 2; ++area)
        rows.add(Table::departments,
                 {Value::id("Q", area), areas[area - 1], "QA", "Safeguarding and Quality Assurance"});
    for (std::uint64_t team = 1; team <= Year::team(children - 1); ++team) {
        rows.add(Table::departments, {Value::id("T", team), team % 3 ? "Children in Care" : "Leaving Care",
                                      "CS", "Children's Social Work Services"});
        for (std::uint64_t worker = 1; worker <= Year::workers_of_team; ++worker)
            add_person(rows, "SW", (team - 1) * Year::workers_of_team + worker, "Social Worker", 13,
                       Value::id("T", team));
        add_person(rows, "PA", team, "Personal Adviser", 20, Value::id("T", team));
    }
}

// Spoils a caseload; the rule that must report it.
std::string_view spoil(Random& random, Rows& rows, std::size_t row) {
    struct Error {
        std::string_view rule;
        std::size_t column;
        Value value;
    };
    const Error errors[] = {{"iro-caseload-too-high", caseloads::children, Value::number(140)},
                            {"iro-caseload-too-low", caseloads::children, Value::number(0)},
                            {"caseload-record-incomplete", caseloads::equivalent, {}},
                            {"dates-unreadable-in-caseloads", caseloads::date, no_day},
                            {"values-unreadable-in-caseloads", caseloads::children, "many"}};
    const Error& error = random.pick(errors);
    rows.at(Table::caseloads, row, error.column) = error.value;
    return error.rule;
}

}  // namespace

Day month_end(const Year& year, int month) {
    return calendar::add_months(year.start, month + 1) - 1;
}

Piece staff(const Year& year, std::uint64_t children, const std::vector<MonthlyCounts>& counts,
            std::uint64_t seed, double error_rate) {
    Piece piece;
    Rows rows;
    add_teams(rows, children);
    for (std::uint64_t iro = 1; iro <= counts.size(); ++iro) {
        const MonthlyCounts& held = counts[iro - 1];
        add_person(rows, "IRO", iro, "Independent Reviewing Officer", held[5], Value::id("Q", 1 + iro % 2),
                   hours(held[5]));
        Random random(seed, iro, 99);
        if (random.chance(error_rate / 6)) {
            const std::size_t row = rows.count(Table::professionals) - 1;
            rows.at(Table::professionals, row, professionals::equivalent) = "all of it";
            piece.planted.push_back({0, {"values-unreadable-in-professionals", Table::professionals, row}});
        }
        const int spoilt = random.chance(error_rate) ? random.between(0, 11) : -1;
        for (int month = 0; month < 12; ++month) {
            const std::uint32_t children_held = held[static_cast<std::size_t>(month)];
            if (children_held == 0) continue;
            const std::size_t row = rows.add(
                Table::caseloads, {Value::id("IRO", iro), Value::date(month_end(year, month)),
                                   Value::number(children_held), Value::hundredths(hours(children_held))});
            if (month == spoilt)
                piece.planted.push_back({0, {spoil(random, rows, row), Table::caseloads, row}});
        }
    }
    piece.add(rows);
    return piece;
}

}  // namespace caseaudit::generate::service
