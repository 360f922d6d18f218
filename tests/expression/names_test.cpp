#include "expression/world.h"
#include "precompiled.h"

using Catch::Contains;
using world::errors_of;
using world::World;

TEST_CASE("misspelt names are errors with the nearest name") {
    const auto [text, message, hint] = GENERATE(table<std::string, std::string, std::string>({
        {"DECON == DEC", "episodes has no field 'DECON'", "did you mean 'DECOM'?"},
        {"prev.PLAC == 'U1'", "episodes has no field 'PLAC'", "did you mean 'PLACE'?"},
        {"reviws.exists()", "episodes has no field 'reviws'", "did you mean 'reviews'?"},
        {"prior.episods.exists()", "there is no table 'episods'", "did you mean 'episodes'?"},
        {"reviews.exist(r, true)", "there is no function 'exist'", "did you mean 'exists'?"},
        {"reviews.exists(r, r.REVEW == DEC)", "reviews has no field 'REVEW'", "did you mean 'REVIEW'?"},
        {"reference.home[URN].PLACES > 1", "there is no reference table 'home'", "did you mean 'homes'?"},
        {"$limt > 1", "the pack has no parameter, list or expression 'limt'", "did you mean '$limit'?"},
        {"limit > 1", "episodes has no field 'limit'", "write $limit for the pack's own"},
        {"collection.begin == DEC", "the collection has no 'begin'",
         "it has collection.start and collection.end"},
        {"days_open(row) > 1", "there is no function 'days_open'", "write $days_open(…) for the pack's own"},
    }));
    CHECK_THAT(errors_of(text), Contains("error: " + message + "\n") && Contains("hint: " + hint));
}

TEST_CASE("a field hides a table, and a lambda variable hides both") {
    World world;
    CHECK(world.value("MOTHER", "header") == "no");
    CHECK(world.value("episodes.exists(reviews, reviews.LS == 'C1')") == "yes");
    CHECK(world.value("episodes.exists(LS, LS.LS == 'C1')", "episodes", 3) == "no");
    CHECK(world.value("CHILD", "episodes", 3) == "B");
    CHECK(world.value("CHILD", "case", 1) == "B");
}

TEST_CASE("rows before and after, and other tables") {
    World world;
    CHECK(world.values("prev.DEC", "episodes") ==
          std::vector<std::string>{"(blank)", "1 September 2025", "15 December 2025", "(blank)"});
    CHECK(world.values("next.PLACE", "episodes") ==
          std::vector<std::string>{"K2", "U1", "(blank)", "(blank)"});
    CHECK(world.values("position", "episodes") == std::vector<std::string>{"1", "2", "3", "1"});
    CHECK(world.values("header.UPN", "episodes") ==
          std::vector<std::string>{"H801200001001", "H801200001001", "H801200001001", "(blank)"});
    CHECK(world.values("prior.header.DOB") == std::vector<std::string>{"1 March 2008", "(blank)"});
    CHECK(world.values("prior.episodes.count()") == std::vector<std::string>{"1", "0"});
    CHECK(world.values("missing(prior.header)") == std::vector<std::string>{"no", "yes"});
    CHECK(world.values("as_at") == std::vector<std::string>{"31 March 2026", "31 March 2026"});
    CHECK(world.value("collection.end") == "31 March 2026");
    CHECK(world.value("row == episodes.first()", "episodes", 1) == "no");
    CHECK(world.value("prev == episodes.first()", "episodes", 1) == "yes");
}

TEST_CASE("rows of reference tables are looked up by their key") {
    World world;
    CHECK(world.values("reference.homes[URN].PLACES", "episodes") ==
          std::vector<std::string>{"6", "(blank)", "6", "(blank)"});
    CHECK(world.values("present(reference.homes[URN])", "episodes") ==
          std::vector<std::string>{"yes", "no", "yes", "no"});
    CHECK(world.value("reference.homes['SC000001'].PLACES") == "(blank)");
    CHECK(world.value("present(reference.homes['SC000001'])") == "yes");
    CHECK(world.value("reference.homes[URN].large", "episodes") == "yes");
    CHECK(world.value("reference.homes[URN].POSTCODE == PL_POST", "episodes") == "yes");
    CHECK_THAT(errors_of("homes.exists(h, true)"),
               Contains("'homes' belongs to no case") && Contains("reference.homes[…]"));
    CHECK_THAT(errors_of("staff[URN].team == 'x'"), Contains("'staff' has no key to look up by"));
    CHECK_THAT(errors_of("episodes[1].DEC == DEC"),
               Contains("only tables of no case are looked up by a key"));
    CHECK_THAT(errors_of("header.SEX == '1'", "staff"), Contains("a row of 'staff' belongs to no case"));
}

TEST_CASE("parameters, lists and named expressions of the pack") {
    World world;
    CHECK(world.value("$limit") == "20");
    CHECK(world.value("LS in $care_orders", "episodes") == "yes");
    CHECK(world.values("$open", "episodes") == std::vector<std::string>{"no", "no", "yes", "yes"});
    CHECK(world.values("$days_open(row)", "episodes") ==
          std::vector<std::string>{"112", "105", "106", "(blank)"});
    CHECK(world.values("episodes.count(e, $longer(e, $limit + 85))") == std::vector<std::string>{"2", "0"});
    // An expression may stand in its own argument: that is no circle.
    CHECK(world.value("$later_of($later_of(3, 7), 5)") == "7");
    CHECK(world.value("$later_of($later_of($later_of(1, 2), 9), $later_of(4, $limit))") == "20");
    // A lambda variable of the place of use is not seen inside; an argument is.
    CHECK(world.value("episodes.count(e, episodes.exists(f, f != e && $longer(e, 100)))") == "3");
    const auto& used = world.compiler.used();
    CHECK(used.parameters == std::set<std::string>{"limit"});
    CHECK(used.lists == std::set<std::string>{"care_orders"});
    CHECK(used.named == std::set<std::string>{"days_open", "later_of", "longer", "open"});
}

TEST_CASE("errors inside named expressions say the way there") {
    CHECK(errors_of("$wrong || $wrong", "episodes") ==
          "pack.yaml:30:9: error: episodes has no field 'NOTHING'\n"
          "  in rule r1, expression $wrong\n");
    CHECK_THAT(errors_of("$broken"), Contains("pack.yaml:30:12: error: the expression ends too early"));
    CHECK_THAT(errors_of("$ring"), Contains("'$ring' comes round to itself: $ring -> $rang -> $ring"));
    CHECK_THAT(errors_of("$ring_of(1)"), Contains("'$ring_of' comes round to itself"));
    CHECK_THAT(errors_of("round == 1"), Contains("episodes.round -> episodes.round_too -> episodes.round"));
    CHECK_THAT(errors_of("$days_open"),
               Contains("$days_open needs 1 argument") && Contains("write $days_open(e)"));
    CHECK_THAT(errors_of("$longer(row)"), Contains("$longer takes 2 arguments, not 1"));
}

TEST_CASE("named expressions that double at each step are stopped") {
    auto environment = world::small_environment();
    for (int i = 0; i < 40; ++i)
        environment.named["n" + std::to_string(i)] = {{}, {fmt::format("$n{} && $n{}", i + 1, i + 1), {}}};
    environment.named["n40"] = {{}, {"true", {}}};
    CHECK_THAT(errors_of("$n0", "episodes", environment), Contains("grows too large"));
}

TEST_CASE("long chains of named expressions work, endless ones are stopped") {
    const auto chain = [](int length) {
        auto environment = world::small_environment();
        for (int i = 0; i < length; ++i)
            environment.named["n" + std::to_string(i)] = {{}, {fmt::format("$n{} || LS == 'D1'", i + 1), {}}};
        environment.named["n" + std::to_string(length)] = {{}, {"LS == 'C1'", {}}};
        return environment;
    };
    world::World world(world::two_children(), chain(150));
    CHECK(world.values("$n0", "episodes") == std::vector<std::string>{"no", "no", "yes", "no"});
    CHECK_THAT(errors_of("$n0", "episodes", chain(5000)), Contains("grows too large"));
}

TEST_CASE("derived fields are read like fields, also of other rows") {
    World world;
    CHECK(world.values("age_at_start", "header") == std::vector<std::string>{"17", "(unreadable)"});
    CHECK(world.value("header.age_at_start", "episodes") == "17");
    CHECK(world.values("period.start", "episodes") ==
          std::vector<std::string>{"12 May 2025", "12 May 2025", "12 May 2025", "(blank)"});
    CHECK(world.value("prev.period.first_LS", "episodes", 1) == "C2");
    CHECK(world.value("missing(prev.period)", "episodes", 0) == "yes");
    CHECK(world.value("span.contains(date('2025-06-01'))", "episodes") == "yes");
    CHECK(world.values("prev.span.contains(date('2025-06-01'))", "episodes") ==
          std::vector<std::string>{"(blank)", "yes", "no", "(blank)"});
    CHECK(world.value("prior.episodes.first().period.start") == "1 February 2025");
}

TEST_CASE("a rule for each case has no row") {
    CHECK_THAT(errors_of("prev.DEC == DEC", "case"),
               Contains("there is no 'prev' here: the rule is for each case"));
    CHECK_THAT(errors_of("DEC == DEC", "case"), Contains("there is no name 'DEC'"));
    CHECK_THAT(errors_of("prior == DEC"), Contains("'prior' needs a name after it"));
}
