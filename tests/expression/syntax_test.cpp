#include "expression/world.h"
#include "precompiled.h"

using world::errors_of;

TEST_CASE("syntax errors point at the place") {
    const auto [text, message, column, fragment] =
        GENERATE(table<std::string, std::string, unsigned, std::string>({
            {"", "the expression is empty", 1, ""},
            {"   ", "the expression is empty", 4, ""},
            {"1 +", "the expression ends too early", 4, ""},
            {"1 + * 2", "'*' cannot stand here: a value was expected", 5, "*"},
            {"(1 == 1", "')' was expected", 8, ""},
            {"[1, 2", "',' or ']' was expected", 6, ""},
            {"LS in ['C1' 'C2']", "'C2'", 13, "'C2'"},
            {"LS = 'C1'", "'=' cannot stand here", 4, "="},
            {"true & false", "'&' cannot stand here", 6, "&"},
            {"true and false", "write && for 'and'", 6, "and"},
            {"LS == 'C1", "this text has no closing quote", 7, "'C1"},
            {"LS == 'C\\1'", "unknown escape in a text", 9, "\\1"},
            {"$ == 1", "a name must follow '$'", 1, "$"},
            {"12abc == 1", "a number cannot be followed by letters", 1, "12abc"},
            {"99999999999999999999 == 1", "this number is too large", 1, "99999999999999999999"},
            {"DEC. == 1", "a name was expected after '.'", 6, "=="},
            {"true ? 1", "':' was expected, with the value for when the condition is false", 9, ""},
            {"DECOM == 1 2", "an operator was expected", 12, "2"},
            {"in == 1", "'in' needs a value on its left", 1, "in"},
            {"#", "'#' cannot stand here", 1, "#"},
            {"é", "'é' cannot stand here", 1, "é"},
        }));
    caseaudit::expression::Compiler compiler(world::small_dataset(), world::small_environment());
    const auto result = compiler.compile({text, {"rule.yaml", 1, 1}}, world::scope_of("episodes"));
    REQUIRE(!result);
    REQUIRE(result.errors().size() == 1);
    const caseaudit::Diagnostic& error = result.errors()[0];
    CHECK(error.code == "expression.syntax");
    CHECK_THAT(error.message, Catch::Contains(message));
    CHECK(error.place.column == column);
    CHECK(error.fragment == fragment);
    CHECK(error.within == std::vector<std::string>{"rule r1"});
}

TEST_CASE("an error is drawn with carets under the piece of text") {
    CHECK(errors_of("DECOM >= DECC && LS == 'C9'") ==
          "rule.yaml:1:10: error: episodes has no field 'DECC'\n"
          "  in rule r1\n"
          "  1 | DECOM >= DECC && LS == 'C9'\n"
          "    |          ^^^^\n"
          "  hint: did you mean 'DEC'?\n"
          "rule.yaml:1:24: error: 'C9' is not a code of legal_status\n"
          "  in rule r1\n"
          "  1 | DECOM >= DECC && LS == 'C9'\n"
          "    |                        ^^^^\n"
          "  hint: its codes are C1, C2, D1, E1, V2; to compare it as plain text, use string(…)\n");
}

TEST_CASE("lines of a folded text are counted") {
    caseaudit::expression::Compiler compiler(world::small_dataset(), world::small_environment());
    const auto result =
        compiler.compile({"true &&\n  NAME == 1", {"rule.yaml", 5, 9}}, world::scope_of("episodes"));
    REQUIRE(!result);
    CHECK(result.errors()[0].place == caseaudit::Place{"rule.yaml", 6, 3});
}

TEST_CASE("nesting too deep is an error, not a crash") {
    const auto deep = [](std::size_t depth, const std::string& open, const std::string& close) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) text += open;
        text += "true";
        for (std::size_t i = 0; i < depth; ++i) text += close;
        return text;
    };
    CHECK(errors_of(deep(150, "(", ")")) == "");
    CHECK_THAT(errors_of(deep(100000, "(", ")")), Catch::Contains("nested too deeply"));
    CHECK_THAT(errors_of(deep(100000, "!", "")), Catch::Contains("nested too deeply"));
    CHECK_THAT(errors_of(deep(100000, "true ? true : ", "")), Catch::Contains("nested too deeply"));
    CHECK_THAT(errors_of(deep(100000, "true || ", "")), Catch::Contains("nested too deeply"));
    CHECK(errors_of(deep(300, "true || ", "")) == "");
}

TEST_CASE("operators bind as in the Common Expression Language") {
    world::World world;
    CHECK(world.value("1 + 2 * 3") == "7");
    CHECK(world.value("(1 + 2) * 3") == "9");
    CHECK(world.value("10 - 2 - 3") == "5");
    CHECK(world.value("-2 + 3") == "1");
    CHECK(world.value("true || false && false") == "yes");
    CHECK(world.value("!false && false") == "no");
    CHECK(world.value("1 + 1 == 2 && 3 < 4") == "yes");
    CHECK(world.value("false ? 1 : true ? 2 : 3") == "2");
    CHECK(world.value("1 + 1 in [2, 3]") == "yes");
    CHECK(world.value("\"it's\"") == "it's");
    CHECK(world.value("'it\\'s' + '\\\\'") == "it's\\");
    CHECK(world.value("r'\\d' == '\\\\d'") == "yes");
}
