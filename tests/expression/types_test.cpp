#include "expression/world.h"
#include "precompiled.h"

using namespace caseaudit;
using Catch::Contains;
using expression::Kind;
using world::errors_of;

TEST_CASE("types that do not fit are errors with a way out") {
    const auto [text, message, hint] = GENERATE(table<std::string, std::string, std::string>({
        {"DECOM > '2025-04-01'", "'>' cannot join date and text", "write date('2025-04-01')"},
        {"DECOM > '01/04/2025'", "'>' cannot join date and text", "write a date as date('2026-03-31')"},
        {"DECOM + 5 > DEC", "days cannot be added to a date in this way", "use add_days(date, days)"},
        {"URN == 12", "'==' cannot join text and integer", "write the value in quotes"},
        {"PL_POST == 'AB1 2CD'", "'==' cannot join postcode and text", "compare string(…) of the postcode"},
        {"episodes", "this must be true or false, but is list of rows of episodes", ""},
        {"DECOM && true", "this must be true or false, but is date",
         "write present(…) for 'there is a value'"},
        {"!reviews", "this must be true or false, but is list of rows of reviews",
         "write .exists() for 'there is one'"},
        {"row == header", "'==' cannot join row of episodes and row of header", ""},
        {"episodes.DECOM == DECOM", "list of rows of episodes has no field 'DECOM'",
         "take one row: .first().DECOM"},
        {"header.exists()", "exists takes a list, but this is one row",
         "records(header) is the list of all its rows"},
        {"DECOM.exists()", "exists takes a list, but this is date", ""},
        {"LS.startsWith(1)", "this must be text, but is integer", "string(…) makes a text of it"},
        {"add_days(DECOM, URN) == DEC", "this must be integer, but is text", ""},
        {"add_days(DECOM) == DEC", "add_days takes 2 arguments, not 1", "add_days(date, integer) -> date"},
        {"reviews.exists(r.REVIEW, true)", "a name for the row was expected", "for example exists(x, x.…)"},
        {"reviews.exists(r)", "exists needs a name and an expression", ""},
        {"episodes.sum(e, e.LS) > 1", "sum adds numbers, but this is code of legal_status", ""},
        {"episodes.min(e, e.AGREED) == AGREED", "true or false has no order", ""},
        {"AGREED < true", "true or false has no order", ""},
        {"interval(DECOM, DEC)", "an interval is no result", ""},
        {"URN.matches('(')", "this pattern is not valid", ""},
        {"URN.matches(URN)", "the pattern must be a text that is written out", ""},
        {"date('2025-02-29') == DEC", "this is not a date", "write a day that exists"},
        {"LS in 'C1'", "'in' needs a list on its right, but this is text", ""},
        {"DECOM in [1, 2]", "'in' cannot join date and integer", ""},
        {"true ? 1 : 'x'", "'?' cannot join integer and text", ""},
        {"reviews.map(r, reviews).count() == 1", "a list of lists is not supported", ""},
        {"missing(reviews)", "list of rows of reviews is never missing or invalid",
         "use exists() or empty()"},
        {"[1, 2].exists(x, x == 1)", "exists takes a list of rows of a table", "stands on the right of 'in'"},
        {"supplied(row)", "supplied takes the name of a table", ""},
        {"supplied(reviews.filter(r, r.REVIEW > DECOM))", "supplied takes the name of a table", ""},
        {"position(homes) == 1", "'homes' belongs to no case", ""},
        {"coalesce(DEC, 'x') == DEC", "cannot join date and text", ""},
        {"'a' - 'b' == 'c'", "'-' does not apply to text", ""},
        {"-URN == 1", "this must be a number, but is text", ""},
    }));
    std::optional<expression::Type> wanted = expression::Type{};
    const std::string errors = errors_of(text, "episodes", world::small_environment(), wanted);
    CHECK_THAT(errors, Contains(message));
    if (!hint.empty()) CHECK_THAT(errors, Contains(hint));
}

TEST_CASE("all errors of an expression come in one go") {
    const std::string errors =
        errors_of("NOPE == 1 && DECOM > 'x' && reviews.exists(r, r.NO == LS) && LS in ['C1', 'Z9']");
    CHECK_THAT(errors, Contains("'NOPE'") && Contains("cannot join date and text") && Contains("'NO'") &&
                           Contains("'Z9'"));
}

TEST_CASE("a literal that is not on the code list is an error, which can be switched off") {
    CHECK_THAT(errors_of("LS == 'c1'"),
               Contains("'c1' is not a code of legal_status") && Contains("did you mean 'C1'?"));
    CHECK_THAT(errors_of("'C9' != LS"), Contains("'C9' is not a code"));
    CHECK_THAT(errors_of("same(LS, 'C9')"), Contains("'C9' is not a code"));
    CHECK_THAT(errors_of("LS in ['C1', 'C9']"), Contains("'C9' is not a code"));
    CHECK_THAT(errors_of("PLACE in $care_orders"), Contains("'C1' is not a code of placement"));
    CHECK(errors_of("string(LS) == 'C9'") == "");
    CHECK(errors_of("string(LS) in ['C9']") == "");
    CHECK(errors_of("URN == 'C9'") == "");
    expression::Compiler compiler(world::small_dataset(), world::small_environment());
    compiler.check_codes(false);
    CHECK(compiler.compile({"LS == 'C9'", {}}, world::scope_of("episodes")).ok());
}

TEST_CASE("the expected type is held against the result") {
    const auto environment = world::small_environment();
    const auto errors = [&](const std::string& text, Kind kind) {
        expression::Type type;
        type.kind = kind;
        type.element = Kind::row;
        return errors_of(text, "episodes", environment, type);
    };
    CHECK(errors("LS", Kind::text) == "");
    CHECK(errors("VISITS", Kind::decimal) == "");
    CHECK(errors("prev", Kind::row) == "");
    CHECK(errors("reviews", Kind::list) == "");
    CHECK_THAT(errors("reviews.map(r, r.REVIEW)", Kind::list), Contains("list of date"));
    CHECK_THAT(errors("'2025-01-01'", Kind::date),
               Contains("this must be date, but is text") && Contains("date('2025-01-01')"));
    CHECK_THAT(errors("DEC", Kind::text), Contains("string(…) makes a text of it"));
}

TEST_CASE("constants are known without data") {
    world::World world;
    const auto constant = [&](const std::string& text) {
        return world.compiler.constant(world.compile(text, "episodes"));
    };
    CHECK(constant("$limit")->integer == 20);
    CHECK(constant("'x'")->text == "x");
    CHECK(constant("as_at")->date == calendar::day_number(2026, 3, 31));
    CHECK(constant("date('2025-01-01')")->date == calendar::day_number(2025, 1, 1));
    CHECK(constant("-2.5")->decimal == -2.5);
    CHECK(constant("true")->boolean);
    CHECK(!constant("DEC"));
}
