#include "casebook/number_cell.h"
#include "expression/world.h"
#include "precompiled.h"

using Values = std::vector<std::string>;

TEST_CASE("arithmetic is total") {
    world::World world;
    CHECK(world.value("7 / 2") == "3");
    CHECK(world.value("-7 / 2") == "-3");
    CHECK(world.value("7 % 3") == "1");
    CHECK(world.value("7 / 0") == "(blank)");
    CHECK(world.value("7 % 0") == "(blank)");
    CHECK(world.value("7.0 / 0") == "(blank)");
    CHECK(world.value("7 / 2.0") == "3.5");
    CHECK(world.value("9223372036854775807 + 1") == "(blank)");
    CHECK(world.value("9223372036854775807 * 2") == "(blank)");
    CHECK(world.value("-9223372036854775806 - 1") == "(blank)");  // the value that stands for invalid
    CHECK(world.values("-(VISITS + 9223372036854775804)", "episodes")[0] == "(blank)");
    CHECK_THAT(world::errors_of("-9223372036854775807 == 1"), Catch::Contains("this number is too small"));
    CHECK(world.value("0 * -1.5") == "0");
    CHECK(world.values("VISITS + 1", "episodes") == Values{"4", "(unreadable)", "(blank)", "8"});
    CHECK(world.values("VISITS * PL_DISTANCE", "episodes") ==
          Values{"37.5", "(unreadable)", "(blank)", "10.5"});
    CHECK(world.value("1 < 1.5") == "yes");
    CHECK(world.value("2 in [1.5, 2.0]") == "yes");
}

TEST_CASE("functions of numbers") {
    world::World world;
    CHECK(world.values("abs(VISITS - 5)", "episodes") == Values{"2", "(unreadable)", "(blank)", "2"});
    CHECK(world.value("abs(-2.5)") == "2.5");
    CHECK(world.values("floor(PL_DISTANCE)", "episodes") == Values{"12", "(blank)", "0", "1"});
    CHECK(world.value("floor(3)") == "3");
    CHECK(world.values("least(VISITS, 5)", "episodes") == Values{"3", "(unreadable)", "(blank)", "5"});
    CHECK(world.values("greatest(DECOM, DEC)", "episodes") ==
          Values{"1 September 2025", "15 December 2025", "(blank)", "(blank)"});
    CHECK(world.value("least(1, 0.5)") == "0.5");
    CHECK(world.value("integer(2.9) + integer('-3') + integer(' +4 ')") == "3");
    CHECK(world.value("integer('7.0')") == "(unreadable)");
    CHECK(world.value("integer('')") == "(unreadable)");
    CHECK(world.value("decimal('2.5') + decimal(1)") == "3.5");
    CHECK(world.value("decimal('1e3')") == "(unreadable)");
    for (const std::string text :
         {"nan", "inf", "-inf", "Infinity", "nan(1)", "1e3", "1e999", "0x10", "1,5", "1.2.3", "--1", "+-1",
          ".", "-", "1-", "4999999999999999999999999999999999999999e"}) {
        INFO(text);
        CHECK(world.value(fmt::format("decimal('{}')", text)) == "(unreadable)");
        CHECK_FALSE(caseaudit::casebook::read_decimal(text));
    }
    for (const char* text : {"7", "+7", "-7.25", ".5", "5.", "0012.50", "-0"}) {
        INFO(text);
        CHECK(world.value(fmt::format("decimal('{}')", text)) ==
              fmt::format("{}", *caseaudit::casebook::read_decimal(text)));
    }
    CHECK(world.value("decimal(' 2.5 ')") == "2.5");
    CHECK(world.value("decimal('')") == "(unreadable)");
    CHECK(world.value(fmt::format("decimal('{}')", std::string(400, '9'))) == "(unreadable)");
    CHECK(world.values("integer(URN)", "episodes") ==
          Values{"(unreadable)", "(blank)", "(unreadable)", "(blank)"});
}

TEST_CASE("functions of text") {
    world::World world;
    CHECK(world.values("URN.startsWith('SC')", "episodes") == Values{"yes", "(blank)", "yes", "(blank)"});
    CHECK(world.values("URN.endsWith('7')", "episodes") == Values{"yes", "(blank)", "yes", "(blank)"});
    CHECK(world.values("URN.contains('X')", "episodes") == Values{"no", "(blank)", "no", "(blank)"});
    CHECK(world.values("URN.matches(r'^SC\\d{6}$')", "episodes") ==
          Values{"yes", "(blank)", "yes", "(blank)"});
    CHECK(world.value("'ab'.matches('b')") == "yes");
    CHECK(world.value("'ab'.matches('^b')") == "no");
    CHECK(world.values("size(URN)", "episodes") == Values{"8", "(blank)", "8", "(blank)"});
    CHECK(world.value("size('Zoë')") == "3");
    CHECK(world.value("size([1, 2, 3])") == "3");
    CHECK(world.value("upper('straße é')") == "STRAßE É");
    CHECK(world.value("lower('ÀÉ X')") == "àé x");
    CHECK(world.value("lower('ŻÓŁĆ Şahin ĐỖ Ơ Ș Ÿ')") == "żółć şahin đỗ ơ ș ÿ");
    CHECK(world.value("upper('łukasz ňć ğ ő ž ÿ ə ɓ')") == "ŁUKASZ ŇĆ Ğ Ő Ž Ÿ Ə Ɓ");
    CHECK(world.value("lower('ΆΡΗΣ Жёлтый ԱՐԱ')") == "άρησ жёлтый արա");
    CHECK(world.value("upper('άρης жёлтый արա')") == "ΆΡΗΣ ЖЁЛТЫЙ ԱՐԱ");
    CHECK(world.value("lower('×÷İıĸŉ 漢 👨 Ａ')") == "×÷İıĸŉ 漢 👨 Ａ");  // left as they are
    CHECK(world.value("upper('×÷İıĸŉ 漢 👨')") == "×÷İıĸŉ 漢 👨");
    CHECK(world.value("trim('  a b ')") == "a b");
    CHECK(world.value("substring('Zoë!', 2)") == "ë!");
    CHECK(world.value("substring('abc', 1, 2)") == "b");
    CHECK(world.value("substring('abc', -5, 99)") == "abc");
    CHECK(world.value("substring('abc', 2, 1) == ''") == "yes");
    CHECK(world.value("substring('abc', 9) == ''") == "yes");
    CHECK(world.value("replace('a-b-c', '-', '+')") == "a+b+c");
    CHECK(world.value("replace('abc', '', 'x')") == "abc");
    CHECK(world.value("'b' in split('a, b', ',')") == "yes");
    CHECK(world.value("'c' in split('a, b', ',')") == "no");
    CHECK(world.value("size(split('a,b,c', ','))") == "3");
    CHECK(world.values("URN in split('SC034567,x', ',')", "episodes") ==
          Values{"yes", "(blank)", "yes", "(blank)"});
    CHECK(world.values("URN + '/' + LS", "episodes") ==
          Values{"SC034567/C2", "(blank)", "SC034567/C1", "(blank)"});
    CHECK(world.value("'a' < 'b' && 'Z' < 'a' && 'ab' >= 'ab'") == "yes");
    CHECK(world.values("string(VISITS)", "episodes") == Values{"3", "(unreadable)", "(blank)", "7"});
    CHECK(world.values("string(PL_POST)", "episodes") ==
          Values{"AB1 2CD", "AB1 2CD", "(unreadable)", "(blank)"});
    CHECK(world.values("string(DECOM)", "episodes") ==
          Values{"2025-05-12", "2025-09-01", "2025-12-15", "(blank)"});
    CHECK(world.values("string(AGREED)", "episodes") == Values{"true", "false", "(blank)", "(unreadable)"});
    CHECK(world.value("string(2.50)") == "2.5");
}

TEST_CASE("a text that is made equals the same text of a cell") {
    world::World world;
    CHECK(world.values("'SC' + '034567' == URN", "episodes") == Values{"yes", "(blank)", "yes", "(blank)"});
    CHECK(world.values("lower(LS).upper() == LS", "episodes") == Values{"yes", "yes", "yes", "yes"});
    CHECK(world.value("'new' + 'text' == 'newt' + 'ext'") == "yes");
    CHECK(world.values("episodes.count_distinct(e, e.LS + '!')") == Values{"2", "1"});
}

TEST_CASE("same and differs take missing as a value") {
    world::World world;
    CHECK(world.values("same(URN, prev.URN)", "episodes") == Values{"no", "no", "no", "yes"});
    CHECK(world.values("differs(URN, prev.URN)", "episodes") == Values{"yes", "yes", "yes", "no"});
    CHECK(world.values("same(VISITS, next.VISITS)", "episodes") == Values{"(blank)", "(blank)", "yes", "no"});
    CHECK(world.values("same(PL_DISTANCE, prev.PL_DISTANCE)", "episodes") == Values{"no", "no", "no", "no"});
    CHECK(world.values("same(prev, next)", "episodes") == Values{"no", "no", "no", "yes"});
    CHECK(world.values("coalesce(DEC, DECOM, as_at)", "episodes") ==
          Values{"1 September 2025", "15 December 2025", "15 December 2025", "31 March 2026"});
    CHECK(world.values("coalesce(VISITS, 0)", "episodes") == Values{"3", "0", "0", "7"});
    CHECK(world.values("coalesce(header.DOB, DECOM)", "episodes")[3] == "(blank)");
}
