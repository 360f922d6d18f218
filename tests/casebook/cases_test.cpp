#include <set>
#include "casebook/crowded_cases.h"

#include "casebook/sample.h"

using namespace sample;

namespace {
std::string cell(const casebook::Casebook& book, int table, int field, std::uint32_t row) {
    return book.cell(table, Which::current, field, row);
}
}  // namespace

TEST_CASE("rows are grouped by case, cases as the file lists them, rows of a case in the table's order") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(dataset, {{episodes,
                                                         Which::current,
                                                         columns(dataset, episodes),
                                                         {{"b", "02/01/2024", "", "A", "x"},
                                                          {"a", "", "", "A", "no date"},
                                                          {"a", "31/02/2024", "", "A", "bad date"},
                                                          {"b", "01/01/2024", "", "A", "y"},
                                                          {"a", "01/01/2025", "", "B", "second"},
                                                          {"a", "01/01/2025", "", "A", "first"}}}});
    const auto& book = loaded.casebook;
    REQUIRE(book.cases() == 2);
    CHECK(book.case_key(0) == "b");
    CHECK(book.case_key(1) == "a");
    CHECK(book.place(1) < book.place(0));
    const auto& table = book.table(episodes, Which::current);
    REQUIRE(table.rows == 6);
    std::vector<std::uint32_t> starts(3);
    table.case_starts.read(0, 2, starts.data());
    CHECK(starts == std::vector<std::uint32_t>{0, 2, 6});
    std::vector<std::string> places;
    for (std::uint32_t row = 0; row < 6; ++row) places.push_back(cell(book, episodes, 4, row));
    CHECK(places == std::vector<std::string>{"y", "x", "first", "second", "no date", "bad date"});
    CHECK(cell(book, episodes, 0, 1) == "b");
    CHECK(book.origin(episodes, Which::current, 0).row == 4);
    CHECK(book.origin(episodes, Which::current, 2).row == 6);
    CHECK(loaded.notes.empty());
}

namespace {
// Visits of these children, in this order.
MemoryTable visits_of(Which which, const std::vector<std::string>& children) {
    MemoryTable table{visits, which, {"VISIT", "CHILD"}, {}};
    for (const std::string& child : children)
        table.rows.push_back({fmt::format("{}", table.rows.size() + 1), child});
    return table;
}
std::string keys_in_order(const std::vector<MemoryTable>& tables) {
    const auto loaded = casebook::load_memory(make_dataset(), tables);
    std::string keys;
    for (std::uint32_t i = 0; i < loaded.casebook.cases(); ++i) keys += loaded.casebook.case_key(i);
    return keys;
}
}  // namespace

TEST_CASE("cases are numbered in an order in which all files list them") {
    CHECK(keys_in_order({visits_of(Which::current, {"d", "b", "f", "b"})}) == "dbf");
    // What the larger one lacks stands where the other has it.
    CHECK(keys_in_order({visits_of(Which::current, {"d", "b", "f"}),
                         visits_of(Which::prior, {"z", "d", "e", "c", "b", "f", "a"})}) == "zdecbfa");
    CHECK(keys_in_order({visits_of(Which::current, {"d", "d", "b", "b"}),
                         visits_of(Which::prior, {"z", "d", "e", "b", "y"})}) == "zdeby");
    // Files that contradict each other: the larger one's.
    CHECK(keys_in_order({visits_of(Which::current, {"a", "b", "c"}),
                         visits_of(Which::prior, {"c", "x", "b", "a"})}) == "cxba");
    CHECK(keys_in_order({}) == "");
}

TEST_CASE("an order of cases that rows do not quite keep moves the rows that it must") {
    // So many that most of them are moved as they follow each other, over more than one segment.
    const auto dataset = make_dataset();
    MemoryTable first{episodes, Which::prior, columns(dataset, episodes), {}};
    MemoryTable second{episodes, Which::current, columns(dataset, episodes), {}};
    std::vector<std::string> expected;
    for (int i = 0; i < 40'000; ++i) {
        const std::string child = fmt::format("{}", i * 7919 % 100'003);
        first.rows.push_back({child, "01/01/2024", "", "A", ""});
        first.rows.push_back({child, "02/01/2024", "", "A", ""});
        const std::string place = i % 100 == 7 ? "" : child + "-1", later = child + "-2";
        std::vector<std::vector<std::string>> rows = {
            {child, i % 1000 == 13 ? "31/02/2024" : "01/01/2024", "", i % 3 == 0 ? "A" : "B", place},
            {child, i % 1000 == 13 ? "x" : "02/01/2024", i % 10 == 3 ? "" : "05/01/2024", "B", later}};
        for (const auto& row : rows) expected.push_back(row[0] + " " + row[4]);
        if (i % 500 == 3) std::swap(rows[0], rows[1]);
        second.rows.insert(second.rows.end(), rows.begin(), rows.end());
    }
    for (std::size_t i = 0; i < 20; ++i) {  // two children change places
        const std::size_t at = 2 * (i * 1900 + 17);
        for (std::size_t row = 0; row < 2; ++row) std::swap(second.rows[at + row], second.rows[at + 2 + row]);
    }
    first.rows.push_back({"last", "01/01/2024", "", "A", ""});
    const auto loaded = casebook::load_memory(dataset, {second, first});
    const auto& book = loaded.casebook;
    REQUIRE(book.table(episodes, Which::current).rows == expected.size());
    bool same = true, traced = true;
    for (std::uint32_t row = 0; row < expected.size(); ++row) {
        same = same && cell(book, episodes, 0, row) + " " + cell(book, episodes, 4, row) == expected[row];
        const auto& source = second.rows[book.origin(episodes, Which::current, row).row - 1];
        for (int field = 1; field < 5; ++field) {
            const std::string told = describe(book, episodes, Which::current, field, row);
            const std::string& raw = source[static_cast<std::size_t>(field)];
            const bool date = field < 3, bad = raw == "x" || raw == "31/02/2024";
            const std::string day = date && raw.size() == 10
                                        ? raw.substr(6) + "-" + raw.substr(3, 2) + "-" + raw.substr(0, 2)
                                        : raw;
            traced = traced && told == (raw.empty() ? "missing:" : bad ? "invalid:" + raw : "present:" + day);
        }
    }
    CHECK(same);
    CHECK(traced);
}

TEST_CASE("both extracts share one set of cases") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(
        dataset, {{visits, Which::current, {"VISIT", "CHILD"}, {{"1", "b"}}},
                  {visits, Which::prior, {"VISIT", "CHILD"}, {{"2", "a"}, {"3", "b"}}}});
    const auto& book = loaded.casebook;
    REQUIRE(book.cases() == 2);
    CHECK(book.table(visits, Which::current).case_starts[1] == 0);
    CHECK(book.table(visits, Which::current).case_starts[2] == 1);
    CHECK(book.table(visits, Which::prior).case_starts[1] == 1);
    CHECK_FALSE(book.table(episodes, Which::current).present);
}

TEST_CASE("a row without a case key is a case of its own") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(
        dataset,
        {{visits, Which::current, {"VISIT", "CHILD"}, {{"1", "z"}, {"2", " "}, {"3", "5"}, {"4", ""}}},
         {visits, Which::prior, {"VISIT", "CHILD"}, {{"5", ""}}}});
    const auto& book = loaded.casebook;
    REQUIRE(book.cases() == 5);
    std::vector<std::string> keys;
    for (const std::uint32_t i : by_place(book))
        keys.push_back(std::string(book.case_key(i)) + (book.case_known(i) ? "+" : "-"));
    CHECK(keys == std::vector<std::string>{"5+", "?prior/visits:1-", "?visits:2-", "?visits:4-", "z+"});
    CHECK(cell(book, visits, 0, 0) == "1");
    CHECK(cell(book, visits, 0, 1) == "3");
    CHECK(describe(book, visits, Which::current, 1, 0) == "present:z");
    CHECK(describe(book, visits, Which::current, 1, 2) == "missing:");
    REQUIRE(loaded.notes.size() == 2);
    CHECK(loaded.notes[0].code == "casebook.unknown-case");
    CHECK(loaded.notes[0].message.find("2 of the 4 rows of visits") != std::string::npos);
}

TEST_CASE("a case is found through another table, in the row's own extract first") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(
        dataset, {{visits, Which::current, {"VISIT", "CHILD"}, {{"v1", "a"}, {"v2", "b"}, {"v4", ""}}},
                  {visits, Which::prior, {"VISIT", "CHILD"}, {{"v1", "b"}, {"v3", "a"}}},
                  {notes,
                   Which::current,
                   {"VISIT", "NOTE"},
                   {{"v2", "to b"},
                    {"v1", "to a"},
                    {"v3", "to a by the prior"},
                    {"v9", "to nothing"},
                    {"v4", "keyless"}}},
                  {notes, Which::prior, {"VISIT", "NOTE"}, {{"v1", "prior to b"}}}});
    const auto& book = loaded.casebook;
    const auto at = [&](const std::string& note, Which which) -> std::string {
        const auto& table = book.table(notes, which);
        for (std::uint32_t in_case = 0; in_case < book.cases(); ++in_case) {
            for (std::uint32_t row = table.case_starts[in_case]; row < table.case_starts[in_case + 1];
                 ++row) {
                if (book.cell(notes, which, 1, row) == note) return std::string(book.case_key(in_case));
            }
        }
        return "nowhere";
    };
    CHECK(at("to a", Which::current) == "a");
    CHECK(at("to b", Which::current) == "b");
    CHECK(at("to a by the prior", Which::current) == "a");
    CHECK(at("prior to b", Which::prior) == "b");
    CHECK(at("to nothing", Which::current) == "?notes:4");
    CHECK(at("keyless", Which::current) == "?notes:5");
}

TEST_CASE("rows that lead to no case come by what they hold, whatever their order in the file") {
    const auto dataset = make_dataset();
    Rows of_visits, of_notes;
    for (int i = 0; i < 40; ++i) {
        of_visits.push_back({fmt::format("v{}", i), i % 3 == 0 ? "a" : " "});
        of_notes.push_back({fmt::format("gone{}", i % 7), fmt::format("note {}", i)});
    }
    std::vector<std::string> first;
    for (unsigned seed = 0; seed < 5; ++seed) {
        std::shuffle(of_visits.begin(), of_visits.end(), std::mt19937(seed));
        std::shuffle(of_notes.begin(), of_notes.end(), std::mt19937(seed));
        const auto loaded =
            casebook::load_memory(dataset, {{visits, Which::current, {"VISIT", "CHILD"}, of_visits},
                                            {notes, Which::current, {"VISIT", "NOTE"}, of_notes}});
        const auto& book = loaded.casebook;
        std::vector<std::string> rows;
        for (std::uint32_t in_case = 0; in_case < book.cases(); ++in_case)
            for (const int table : {visits, notes}) {
                const auto& view = book.table(table, Which::current);
                for (std::uint32_t row = view.case_starts[in_case]; row < view.case_starts[in_case + 1];
                     ++row) {
                    std::string line =
                        fmt::format("{} {} {:x}", in_case, book.case_known(in_case), book.contents(in_case));
                    for (int field = 0; field < 2; ++field)
                        line += "|" + describe(book, table, Which::current, field, row);
                    rows.push_back(line);
                    if (book.case_known(in_case)) continue;
                    const auto origin = book.origin(table, Which::current, row);
                    CHECK(book.case_key(in_case) == fmt::format("?{}:{}", origin.file, origin.line));
                }
            }
        if (first.empty()) first = rows;
        CHECK(rows == first);
        CHECK(book.cases() == 1 + 26 + 40);
    }
}

TEST_CASE("rows of no case that are the same in every field are told apart, whatever stands around them") {
    const auto dataset = make_dataset();
    const auto hashes = [&](const Rows& rows) {
        const auto loaded =
            casebook::load_memory(dataset, {{visits, Which::current, {"VISIT", "CHILD"}, rows}});
        std::set<std::uint64_t> all;
        for (std::uint32_t i = 0; i < loaded.casebook.cases(); ++i)
            if (!loaded.casebook.case_known(i)) all.insert(loaded.casebook.contents(i));
        return all;
    };
    const auto one = hashes({{"v1", ""}}), three = hashes({{"v1", ""}, {"v1", ""}, {"v1", ""}});
    CHECK(one.size() == 1);
    CHECK(three.size() == 3);
    CHECK(three.contains(*one.begin()));
    const auto among_others = hashes({{"v1", ""}, {"v2", ""}, {"v1", " "}, {"v0", "a"}, {"v1", ""}});
    CHECK(among_others.size() == 4);
    CHECK(std::ranges::includes(among_others, three));
}

TEST_CASE("look-ups find the first row with the key, as its type compares") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(
        dataset, {{postcodes,
                   Which::current,
                   {"pcd", "area"},
                   {{"WV10 9XY", "c"},
                    {"b11aa", "b"},
                    {"", "none"},
                    {"junk", "bad"},
                    {"AB1 2CD", "a"},
                    {"B1 1AA", "a again"}}},
                  {staff, Which::current, {"NAME", "ID"}, {{"Zoe", "12"}, {"Ann", "7"}}}});
    const auto& book = loaded.casebook;
    const auto area = [&](const char* key) {
        const auto row = book.look_up(postcodes, key);
        return row < 0 ? "" : cell(book, postcodes, 1, static_cast<std::uint32_t>(row));
    };
    CHECK(area("ab12cd") == "a");
    CHECK(area("B1 1AA") == "a again");
    CHECK(area("WV109XY") == "c");
    CHECK(area("junk") == "");
    CHECK(area("") == "");
    CHECK(area("ZZ1 1ZZ") == "");
    CHECK(cell(book, staff, 0, static_cast<std::uint32_t>(book.look_up(staff, "007"))) == "Ann");
    CHECK(book.look_up(staff, "8") == -1);
    CHECK(book.look_up(episodes, "8") == -1);
    CHECK(book.table(staff, Which::current).case_starts.empty());
}

TEST_CASE("texts are found by their bytes") {
    const auto loaded =
        load_cells(make_dataset(), "T", {"beta", "alpha", "a text longer than eight bytes", "beta"});
    const auto& book = loaded.casebook;
    for (const char* text : {"alpha", "beta", "a text longer than eight bytes", "000002"}) {
        const auto id = book.find_text(text);
        REQUIRE(id >= 0);
        CHECK(book.text(static_cast<std::uint32_t>(id)) == text);
    }
    CHECK(book.find_text("gamma") == -1);
    CHECK(book.find_text("") == -1);
    CHECK(book.texts() == 7);
    CHECK(book.text(book.case_text(2)) == "000002");
}

TEST_CASE(
    "a case with more rows than a child can have stands for no child: its rows are cases of their own") {
    const auto dataset = make_dataset();
    const auto load = [&](int rows) {
        MemoryTable many{episodes, Which::current, columns(dataset, episodes), {}};
        // Among others, so that they are far from each other.
        for (int i = 0; i < rows; ++i) {
            many.rows.push_back({"0", "01/01/2024", "", "A", fmt::format("place {}", i)});
            for (int other = 0; other < 3; ++other)
                many.rows.push_back({fmt::format("{}", 1 + i * 3 + other), "01/01/2024", "", "A", ""});
        }
        return casebook::load_memory(
            dataset, {many, visits_of(Which::prior, {"0", "x", "0"}), visits_of(Which::current, {"x", ""})});
    };
    const auto fits = load(casebook::most_rows_of_a_case);
    CHECK(fits.casebook.cases() == casebook::most_rows_of_a_case * 3 + 2 + 1);
    REQUIRE(fits.notes.size() == 1);
    CHECK(fits.notes[0].code == "casebook.unknown-case");

    constexpr std::uint32_t rows = casebook::most_rows_of_a_case + 1;
    const auto crowded = load(rows);
    const auto& book = crowded.casebook;
    std::uint32_t known = 0, most = 0, with_rows = 0;
    const auto& table = book.table(episodes, Which::current);
    for (std::uint32_t i = 0; i < book.cases(); ++i) {
        known += book.case_known(i) ? 1 : 0;
        most = std::max(most, table.case_starts.rows(i));
        with_rows += table.case_starts.rows(i) > 0 ? 1 : 0;
    }
    CHECK(most == 1);
    CHECK(with_rows == rows * 4);
    CHECK(book.cases() - known == rows + 2 + 1);
    std::set<std::uint64_t> contents;  // what the ids of their findings are made from
    for (std::uint32_t i = known; i < book.cases(); ++i)
        if (table.case_starts.rows(i) > 0) contents.insert(book.contents(i));
    CHECK(contents.size() == rows);
    CHECK_FALSE(contents.contains(0));
    REQUIRE(crowded.notes.size() == 2);
    CHECK(crowded.notes[0].code == "casebook.crowded-case");
    CHECK(crowded.notes[0].message ==
          "5003 rows of 2 tables are of a case that has more than 5000 rows in episodes, which no child has; "
          "each is "
          "audited as a case of its own");
    CHECK(crowded.notes[0].hint == "see that CHILD is right in each row of episodes");
    CHECK(crowded.notes[1].message ==
          "1 of the 2 rows of visits lead to no case; each is audited as a case of its own");
}

TEST_CASE("a link that leads to one case too often is wrong itself: the case keeps its other rows") {
    const auto dataset = make_dataset();
    const auto load = [&](std::uint32_t rows) {
        MemoryTable many{notes, Which::current, columns(dataset, notes), {}};
        for (std::uint32_t i = 0; i < rows; ++i) {
            many.rows.emplace_back(many.columns.size());
            many.rows.back()[0] = "1";
        }
        return casebook::load_memory(dataset, {visits_of(Which::current, {"x", "y"}), many});
    };
    CHECK(load(casebook::most_rows_of_a_case).casebook.cases() == 2);
    const auto crowded = load(casebook::most_rows_of_a_case + 1);
    const auto& book = crowded.casebook;
    REQUIRE(book.cases() == casebook::most_rows_of_a_case + 1 + 2);
    CHECK(book.table(visits, Which::current).case_starts.rows(0) == 1);
    CHECK(book.table(notes, Which::current).case_starts.rows(0) == 0);
    REQUIRE(crowded.notes.size() == 1);
    CHECK(crowded.notes[0].message.starts_with(
        "5001 rows of notes are of a case that has more than 5000 rows in notes"));
}
