#include "casebook/sample.h"

using namespace sample;

namespace {

const std::vector<std::string> episode_columns = {"CHILD", "DECOM", "DEC", "LS", "PLACE"};

// Each period as "case start end rows first_LS last_PLACE".
std::vector<std::string> periods_of(const casebook::Casebook& book, int table, Which which = Which::current) {
    std::vector<std::string> all;
    const auto& view = book.table(table, which);
    for (std::uint32_t in_case = 0; in_case < book.cases(); ++in_case) {
        for (std::uint32_t row = view.case_starts[in_case]; row < view.case_starts[in_case + 1]; ++row) {
            std::string text(book.case_key(in_case));
            for (int field = 0; field < 5; ++field) text += ' ' + book.cell(table, which, field, row);
            all.push_back(text);
        }
    }
    return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("rows that touch are one period, a gap begins another") {
    const auto loaded =
        casebook::load_memory(make_dataset(), {{episodes,
                                                Which::current,
                                                episode_columns,
                                                {{"a", "01/02/2024", "01/03/2024", "B", "p2"},
                                                 {"a", "01/01/2024", "01/02/2024", "A", "p1"},
                                                 {"a", "02/03/2024", "", "C2", "p3"},
                                                 {"b", "01/01/2024", "31/12/2024", "A", "outer"},
                                                 {"b", "01/02/2024", "01/03/2024", "B", "inner"},
                                                 {"b", "31/12/2024", "01/01/2025", "B", "touch"},
                                                 {"c", "", "01/01/2024", "A", "no start"},
                                                 {"c", "31/02/2024", "01/01/2024", "A", "bad start"},
                                                 {"d", "01/01/2024", "", "LS", "open"},
                                                 {"d", "01/01/2030", "02/01/2030", "A", ""}}}});
    CHECK(periods_of(loaded.casebook, periods) ==
          Texts{"a 2024-01-01 2024-03-01 2 A p2", "a 2024-03-02  1 C2 p3",
                "b 2024-01-01 2025-01-01 3 A touch", "d 2024-01-01  2 LS "});
    const auto made = loaded.casebook.made_of(periods, 0);
    REQUIRE(made.size() == 2);
    CHECK(loaded.casebook.cell(episodes, Which::current, 4, made[0]) == "p1");
    CHECK(loaded.casebook.cell(episodes, Which::current, 4, made[1]) == "p2");
    CHECK(loaded.casebook.made_of(periods, 2).size() == 3);
    CHECK(loaded.casebook.origin(periods, Which::current, 0).file.empty());
    CHECK(loaded.casebook.state(periods, Which::current, 1, 1) == CellState::missing);
    CHECK(loaded.casebook.state(periods, Which::current, 3, 3) == CellState::invalid);
}

TEST_CASE("a period has the invalid cells of the rows it shows, and no others") {
    const auto loaded =
        casebook::load_memory(make_dataset(), {{episodes,
                                                Which::current,
                                                episode_columns,
                                                {{"a", "01/01/2024", "01/02/2024", "A", "p"},
                                                 {"a", "01/02/2024", "01/03/2024", "bad", "p"},
                                                 {"a", "01/03/2024", "01/04/2024", "bad", "p"},
                                                 {"b", "01/01/2024", "01/02/2024", "worse", "p"},
                                                 {"b", "01/02/2024", "01/03/2024", "A", "p"},
                                                 {"c", "01/01/2024", "01/02/2024", "A", "p"},
                                                 {"c", "01/02/2024", "01/03/2024", "bad", "p"}}}});
    const auto& first_status = loaded.casebook.table(periods, Which::current).columns[3];
    REQUIRE(first_status.invalid_rows.size() == 1);
    CHECK(first_status.invalid_rows[0] == 1);
    REQUIRE(first_status.invalid_texts.size() == 1);
    CHECK(loaded.casebook.text(first_status.invalid_texts[0]) == "worse");
    CHECK(loaded.casebook.state(periods, Which::current, 3, 0) == CellState::present);
    CHECK(loaded.casebook.state(periods, Which::current, 3, 1) == CellState::invalid);
    CHECK(loaded.casebook.state(periods, Which::current, 3, 2) == CellState::present);
}

TEST_CASE("an end before the start makes a period that ends there") {
    const auto loaded = casebook::load_memory(
        make_dataset(),
        {{episodes,
          Which::current,
          episode_columns,
          {{"a", "01/02/2024", "01/01/2024", "A", "x"}, {"a", "01/02/2024", "01/03/2024", "A", "y"}}}});
    CHECK(periods_of(loaded.casebook, periods) ==
          Texts{"a 2024-02-01 2024-01-01 1 A x", "a 2024-02-01 2024-03-01 1 A y"});
}

TEST_CASE("rows of the prior extract take part where the table says so, unless superseded") {
    const auto loaded = casebook::load_memory(
        make_dataset(),
        {{episodes,
          Which::current,
          episode_columns,
          {{"a", "01/03/2024", "01/05/2024", "A", "now"}, {"b", "01/05/2025", "", "A", "back"}}},
         {episodes,
          Which::prior,
          episode_columns,
          {{"a", "01/01/2024", "01/03/2024", "B", "then"},
           {"a", "01/03/2024", "", "A", "then open"},
           {"c", "01/01/2024", "01/02/2024", "A", "left"}}}});
    const auto& book = loaded.casebook;
    CHECK(periods_of(book, periods) == Texts{"a 2024-03-01 2024-05-01 1 A now", "b 2025-05-01  1 A back"});
    CHECK(periods_of(book, periods_both) == Texts{"a 2024-01-01 2024-05-01 2 B now", "b 2025-05-01  1 A back",
                                                  "c 2024-01-01 2024-02-01 1 A left"});
    CHECK(periods_of(book, periods_both, Which::prior) ==
          Texts{"a 2024-01-01  2 B then open", "c 2024-01-01 2024-02-01 1 A left"});
    CHECK(book.made_of(periods_both, 0).size() == 1);
    CHECK(book.made_of(periods_both, Which::current, 0, Which::prior).size() == 1);
    CHECK(book.made_of(periods_both, 2).empty());
    CHECK(book.made_of(periods_both, Which::prior, 0, Which::prior).size() == 2);
}

TEST_CASE("identity decides which prior rows a current one supersedes") {
    auto dataset = make_dataset();
    dataset.tables[episodes].identity = {1, 4};
    const auto loaded = casebook::load_memory(
        dataset,
        {{episodes, Which::current, episode_columns, {{"a", "01/03/2024", "01/04/2024", "A", "home"}}},
         {episodes, Which::prior, episode_columns, {{"a", "01/03/2024", "01/02/2025", "A", "other"}}}});
    CHECK(periods_of(loaded.casebook, periods_both) == Texts{"a 2024-03-01 2025-02-01 2 A other"});
}

TEST_CASE("rows may be given for a derived table itself") {
    const auto loaded =
        casebook::load_memory(make_dataset(), {{periods,
                                                Which::current,
                                                {"child", "start", "end"},
                                                {{"b", "01/02/2024", ""}, {"a", "01/01/2024", ""}}}});
    CHECK(periods_of(loaded.casebook, periods) == Texts{"b 2024-02-01    ", "a 2024-01-01    "});
    CHECK(loaded.inputs[0].unknown_columns.empty());
}
