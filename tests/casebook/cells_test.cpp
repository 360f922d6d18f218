#include "casebook/postcode.h"
#include "casebook/sample.h"

using namespace sample;

namespace {

// How the cells of one field are read, row by row.
std::vector<std::string> read_as(const std::string& field, const std::vector<std::string>& cells) {
    const auto dataset = make_dataset();
    const auto loaded = load_cells(dataset, field, cells);
    const int number = dataset.tables[types].find_field(field);
    std::vector<std::string> read;
    for (std::uint32_t row = 0; row < cells.size(); ++row) {
        read.push_back(describe(loaded.casebook, types, Which::current, number, row));
    }
    return read;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("dates are read in the field's format and as ISO, and real days only") {
    CHECK(read_as("D", {"01/04/2024", "29/02/2024", "31/12/2199", "01/01/1800"}) ==
          Texts{"present:2024-04-01", "present:2024-02-29", "present:2199-12-31", "present:1800-01-01"});
    CHECK(
        read_as("D", {"31/02/2024", "29/02/2023", "29/02/1900", "00/01/2024", "01/13/2024", "01/00/2024"}) ==
        Texts{"invalid:31/02/2024", "invalid:29/02/2023", "invalid:29/02/1900", "invalid:00/01/2024",
              "invalid:01/13/2024", "invalid:01/00/2024"});
    CHECK(read_as("D", {"1/4/2024", "1/04/2024", " 01/04/2024 ", "2024-04-01", "2024-04-01T23:59:59",
                        "2024-04-01 10:30:00.000", "2024-04-01T10:30:00Z", "01/04/2024 00:00"}) ==
          Texts(8, "present:2024-04-01"));
    CHECK(read_as("D", {"01/01/1799", "01/01/2200", "01-04-2024", "01/04/24", "01/04/2024x", "0a/04/2024",
                        "2024-04-01T25:61", "20240401", "01.04.2024", "-1/04/2024"}) ==
          Texts{"invalid:01/01/1799", "invalid:01/01/2200", "invalid:01-04-2024", "invalid:01/04/24",
                "invalid:01/04/2024x", "invalid:0a/04/2024", "invalid:2024-04-01T25:61", "invalid:20240401",
                "invalid:01.04.2024", "invalid:-1/04/2024"});
    CHECK(read_as("D", {"", "   ", "\t", "01/04/2024"}) ==
          Texts{"missing:", "missing:", "missing:", "present:2024-04-01"});
}

TEST_CASE("a time in UTC is of the day that it is in the United Kingdom") {
    const Texts next{"present:2025-07-01"}, same{"present:2025-06-30"};
    for (const char* text : {"2025-06-30T23:00:00Z", "2025-06-30T23:59:59.999z", "2025-06-30 23:00:00+00:00",
                             "2025-06-30T23:00+0000", "30/06/2025 23:00:00Z", "2025-06-30T23:00:00-00"})
        CHECK(read_as("D", {text}) == next);
    for (const char* text : {"2025-06-30T22:59:59Z", "2025-06-30T00:00:00Z", "2025-06-30T23:00:00",
                             "2025-06-30T23:00:00+01:00", "30/06/2025 23:30"})
        CHECK(read_as("D", {text}) == same);
    CHECK(read_as("D", {"2025-01-15T23:00:00Z", "2025-12-31T23:30:00Z", "2024-06-31T23:00:00Z"}) ==
          Texts{"present:2025-01-15", "present:2025-12-31", "invalid:2024-06-31T23:00:00Z"});
}

TEST_CASE("every day of four centuries is read as itself, and no other text of its form") {
    const auto dataset = make_dataset();
    Texts cells;
    std::vector<calendar::Day> days;
    for (int year = 1800; year < 2200; year += 7) {
        for (int month = 0; month <= 13; ++month) {
            for (int day = 0; day <= 32; ++day) {
                cells.push_back(fmt::format("{:02}/{:02}/{}", day, month, year));
                const bool real =
                    month >= 1 && month <= 12 && day >= 1 && day <= calendar::days_in_month(year, month);
                days.push_back(real ? calendar::day_number(year, month, day) : INT32_MIN);
            }
        }
    }
    const auto loaded = load_cells(dataset, "D", cells);
    const auto& column = loaded.casebook.table(types, Which::current).columns[1];
    REQUIRE(column.storage == casebook::Storage::date32);
    bool good = true;
    for (std::uint32_t row = 0; row < cells.size(); ++row) {
        const bool valid = (column.validity[row >> 3] >> (row & 7) & 1) != 0;
        good = good && valid == (days[row] != INT32_MIN);
        if (valid) good = good && static_cast<const std::int32_t*>(column.values)[row] == days[row];
    }
    CHECK(good);
}

TEST_CASE("days take two bytes each unless one is before 1970 or after 6 June 2149") {
    using casebook::Storage;
    const auto check = [](const Texts& cells, Storage expected) {
        const auto loaded = load_cells(make_dataset(), "D", cells);
        const auto& column = loaded.casebook.table(types, Which::current).columns[1];
        CHECK(column.storage == expected);
        for (std::uint32_t row = 0; row < cells.size(); ++row) {
            const std::string& text = cells[row];
            const auto number = [&](std::size_t at, std::size_t size) {
                return std::stoi(text.substr(at, size));
            };
            CHECK(column.day(row) ==
                  (text.empty() ? 0 : calendar::day_number(number(6, 4), number(3, 2), number(0, 2))));
        }
    };
    check({"01/01/1970", "06/06/2149", ""}, Storage::date16);
    check({"", ""}, Storage::date16);
    check({"01/01/1970", "31/12/1969", ""}, Storage::date32);
    check({"06/06/2149", "07/06/2149", ""}, Storage::date32);
}

TEST_CASE("a code that is not on its list is invalid and keeps its text") {
    CHECK(read_as("C", {"A", "C2", " B ", "a", "LS", "", "averylongcodeindeed"}) ==
          Texts{"present:A", "present:C2", "present:B", "invalid:a", "invalid:LS",
                "missing:", "invalid:averylongcodeindeed"});
    const auto loaded = load_cells(make_dataset(), "C", {"A", "LS", ""});
    const auto& column = loaded.casebook.table(types, Which::current).columns[2];
    const auto position = static_cast<const std::uint8_t*>(column.values)[1];
    CHECK(loaded.casebook.text(column.dictionary[position]) == "LS");
    CHECK(column.invalid_rows.size() == 1);
    CHECK(column.invalid_rows[0] == 1);
}

TEST_CASE("texts are trimmed and otherwise kept, whatever their length and bytes") {
    const std::string nul("a\0b", 3), ending_nul("a\0", 2);
    CHECK(
        read_as("T", {"x", " two words\t", "12345678", "123456789", "É", nul, ending_nul, "a", "", "\r\n"}) ==
        Texts{"present:x", "present:two words", "present:12345678", "present:123456789", "present:É",
              "present:" + nul, "present:" + ending_nul, "present:a", "missing:", "missing:"});
}

TEST_CASE("white space of any kind around a cell is none of its text, whatever its type and length") {
    const Texts spaces{"\u00A0", "\uFEFF", "\u200B", "\u200E", "\u202F", "\u3000", " \u00A0\t\u2009 "};
    for (const std::string& space : spaces) {
        const auto around = [&](const std::string& text) { return space + text + space; };
        for (const char* type : {"T", "C", "D", "P", "I", "N", "B"})
            CHECK(read_as(type, {space})[0] == "missing:");
        CHECK(read_as("T", {around("x"), around("12345678"), around("two words é")}) ==
              Texts{"present:x", "present:12345678", "present:two words é"});
        CHECK(read_as("D", {around("01/05/2025"), around("2025-05-01")}) ==
              Texts{"present:2025-05-01", "present:2025-05-01"});
        CHECK(read_as("P", {around("B1" + space + "1AA")}) == Texts{"present:B1 1AA"});
        CHECK(read_as("I", {around("7")}) == Texts{"present:7"});
        CHECK(read_as("N", {around("7.5")}) == Texts{"present:7.5"});
        CHECK(read_as("B", {around("yes")}) == Texts{"present:true"});
        CHECK(read_as("T", {"a" + space + "b"}) == Texts{"present:a" + space + "b"});
    }
    CHECK(read_as("T", {"\u00A3", "É\u00C0", "\xC2", "\xE2\x80"}) ==
          Texts{"present:\u00A3", "present:É\u00C0", "present:\xC2", "present:\xE2\x80"});
}

TEST_CASE("integers take a sign and 64 bits, nothing else") {
    CHECK(read_as("I", {"0", "7", "-7", "+7", "12345678", "123456789", "9223372036854775807",
                        "-9223372036854775808"}) ==
          Texts{"present:0", "present:7", "present:-7", "present:7", "present:12345678", "present:123456789",
                "present:9223372036854775807", "present:-9223372036854775808"});
    CHECK(read_as("I", {"7.0", "1e3", "9223372036854775808", "+-7", "-", "+", "1 2", "x", "1234567:"}) ==
          Texts{"invalid:7.0", "invalid:1e3", "invalid:9223372036854775808", "invalid:+-7", "invalid:-",
                "invalid:+", "invalid:1 2", "invalid:x", "invalid:1234567:"});
    CHECK(read_as("I", {" 007 ", "", " "}) == Texts{"present:7", "missing:", "missing:"});
}

TEST_CASE("integer columns are as wide as their values need") {
    using casebook::Storage;
    const auto storage = [](const Texts& cells) {
        const auto loaded = load_cells(make_dataset(), "I", cells);
        return loaded.casebook.table(types, Which::current).columns[4].storage;
    };
    CHECK(storage({"-128", "127"}) == Storage::int8);
    CHECK(storage({"-129"}) == Storage::int16);
    CHECK(storage({"1", "32768"}) == Storage::int32);
    CHECK(storage({"1", "2147483648"}) == Storage::int64);
    CHECK(storage({"", "x"}) == Storage::int8);
    Texts many(40000, "5");
    many.back() = "70000";
    CHECK(storage(many) == Storage::int32);
    CHECK(read_as("I", many)[39998] == "present:5");
}

TEST_CASE("decimals and booleans") {
    CHECK(read_as("N", {"3.5", "-0.25", "+4", ".5", "5.", "1e3", "nan", "inf", "1.2.3", "", "-0"}) ==
          Texts{"present:3.5", "present:-0.25", "present:4", "present:0.5", "present:5", "invalid:1e3",
                "invalid:nan", "invalid:inf", "invalid:1.2.3", "missing:", "present:0"});
    CHECK(read_as("B", {"Y", "no", "1", "0", "TRUE", "False", "maybe", "2", " y ", ""}) ==
          Texts{"present:true", "present:false", "present:true", "present:false", "present:true",
                "present:false", "invalid:maybe", "invalid:2", "present:true", "missing:"});
}

TEST_CASE("postcodes in all their forms are one number each") {
    CHECK(read_as("P", {"B1 1AA", "b11aa", "WV10 9XY", "EC1A 1BB", "W1A0AX", "gir 0aa", " M60 1NW ",
                        "S 1 1 A A"}) == Texts{"present:B1 1AA", "present:B1 1AA", "present:WV10 9XY",
                                               "present:EC1A 1BB", "present:W1A 0AX", "present:GIR 0AA",
                                               "present:M60 1NW", "present:S1 1AA"});
    CHECK(read_as("P",
                  {"B1", "ABC1 1AA", "B1 AAA", "1B 1AA", "B1 11A", "B1-1AA", "B123 1AA", "BB1AB 1AA", ""}) ==
          Texts{"invalid:B1", "invalid:ABC1 1AA", "invalid:B1 AAA", "invalid:1B 1AA", "invalid:B1 11A",
                "invalid:B1-1AA", "invalid:B123 1AA", "invalid:BB1AB 1AA", "missing:"});
    for (const char* text : {"A0 0AA", "ZZ9Z 9ZZ", "ZZ99 9ZZ", "AB1 2CD", "GIR 0AA"}) {
        CHECK(casebook::pack_postcode(text) >= 0);
        CHECK(casebook::unpack_postcode(casebook::pack_postcode(text)) == text);
    }
    CHECK(casebook::pack_postcode("AB1 2CD") < casebook::pack_postcode("AB1 2CE"));
}

TEST_CASE("dictionaries widen as distinct texts come") {
    using casebook::Storage;
    const auto check = [](std::size_t distinct, Storage expected) {
        Texts cells;
        for (std::size_t i = 0; i < distinct; ++i) cells.push_back(fmt::format("v{}", i));
        cells.push_back("v0");
        const auto loaded = load_cells(make_dataset(), "T", cells);
        const auto& column = loaded.casebook.table(types, Which::current).columns[3];
        CHECK(column.storage == expected);
        CHECK(column.dictionary.size() == distinct);
        CHECK(std::is_sorted(column.dictionary.begin(), column.dictionary.end()));
        bool good = true;
        for (std::uint32_t row = 0; row < cells.size(); ++row) {
            good = good && loaded.casebook.cell(types, Which::current, 3, row) == cells[row];
        }
        CHECK(good);
    };
    check(256, Storage::code8);
    check(257, Storage::code16);
    check(20000, Storage::code16);
    check(70000, Storage::code32);
}
