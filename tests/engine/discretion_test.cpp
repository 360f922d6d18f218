#include "engine/discretion.h"

#include "engine/audit.h"

using namespace caseaudit;
using casebook::Which;

namespace {

const std::string no_rules = "rules:\n" + rule("r", "for_each: stays\nassert: place != 'foster'");

// What is shown of a field in the rows of a table, in the casebook's order.
std::vector<std::string> shown(const Audit& audit, const std::string& table, const std::string& field) {
    const auto& book = audit.casebook();
    const int number = book.dataset().find_table(table);
    const int column = book.dataset().tables[static_cast<std::size_t>(number)].find_field(field);
    const engine::Discretion discretion(book);
    std::vector<std::string> cells;
    for (std::uint32_t row = 0; row < book.table(number, Which::current).rows; ++row)
        cells.push_back(discretion.cell(number, Which::current, column, row));
    return cells;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("what cannot be read is shown unless it gives a child away") {
    Audit audit(no_rules);
    audit
        .table("stays",
               "child,began,ended,place,miles\nA0001,2024-01-01,31/02/"
               "2025,home,far\nA0002,2024-01-01,A0001,home,\n"
               "A0003,2024-01-01,,AB1 2CD,\nA0004,2024-01-01,,03/05/2010,\nA0005,2024-01-01,,cellar,\n")
        .run();
    CHECK(shown(audit, "stays", "ended") == Cells{"31/02/2025", "(withheld)", "", "", ""});
    CHECK(shown(audit, "stays", "place") == Cells{"home", "home", "(withheld)", "(withheld)", "cellar"});
    CHECK(shown(audit, "stays", "miles") == Cells{"far", "", "", "", ""});
}

TEST_CASE("of a row with a cell that gives a child away no other day, number or text is shown") {
    Audit audit(no_rules);
    audit
        .table("stays",
               "child,began,ended,place,miles\nA0001,2024-01-01,A0001,home,12\nA0001,2024-02-01,,home,12\n")
        .run();
    CHECK(shown(audit, "stays", "began") == Cells{"(withheld)", "2024-02-01"});
    CHECK(shown(audit, "stays", "miles") == Cells{"(withheld)", "12"});
    CHECK(shown(audit, "stays", "place") == Cells{"home", "home"});
}

TEST_CASE("a number that is a case's is withheld, however it was read") {
    Audit audit(no_rules);
    audit.table("visits", "child,made,hours\n10001,2024-01-01,10002\n10002,2024-01-01,10\n").run();
    CHECK(shown(audit, "visits", "hours") == Cells{"(withheld)", "10"});
}

TEST_CASE("a column whose own numbers are like those of cases is shown") {
    std::string stays = "child,began,ended,place\n", workers = "id,team\n";
    for (int i = 1000; i < 1040; ++i) {
        stays += fmt::format("{},2024-01-01,,home\n", i);
        workers += fmt::format("{},{}\n", i + 30, i == 1000 ? "1001" : fmt::format("T{}", i));
    }
    Audit audit(no_rules);
    audit.table("stays", stays).table("workers", workers).run();
    const auto ids = shown(audit, "workers", "id"), teams = shown(audit, "workers", "team");
    CHECK(std::count(ids.begin(), ids.end(), "(withheld)") == 0);
    CHECK(std::count(teams.begin(), teams.end(), "(withheld)") == 1);
}

TEST_CASE("keys of a few characters or without a figure are held against no text") {
    Audit audit(no_rules);
    audit.table("stays", "child,began,ended,place\nA1,2024-01-01,A1,home\nfour,2024-01-01,four,home\n").run();
    CHECK(shown(audit, "stays", "ended") == Cells{"A1", "four"});
}
