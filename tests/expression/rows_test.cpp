#include "expression/world.h"
#include "precompiled.h"

using Rows = std::vector<std::uint32_t>;

TEST_CASE("rows of lists and rows, as rows of the whole table") {
    world::World world;
    CHECK(world.rows("episodes", "case", 0) == Rows{0, 1, 2});
    CHECK(world.rows("episodes", "case", 1) == Rows{3});
    CHECK(world.rows("episodes.filter(e, e.LS == LS)", "episodes", 1) == Rows{0, 1});
    CHECK(world.rows("episodes.filter(e, e.DECOM > DECOM)", "episodes", 0) == Rows{1, 2});
    CHECK(world.rows("episodes.map(e, prev(e))", "case", 0) == Rows{0, 1});
    CHECK(world.rows("prev", "episodes", 0) == Rows{});
    CHECK(world.rows("prev", "episodes", 2) == Rows{1});
    CHECK(world.rows("header", "episodes", 3) == Rows{1});
    CHECK(world.rows("records(header)", "case", 1) == Rows{1});
    CHECK(world.rows("missing", "case", 0) == Rows{});
    CHECK(world.rows("prior.episodes", "episodes", 1) == Rows{0});
    CHECK(world.rows("reference.homes[URN]", "episodes", 2).size() == 1);
}

TEST_CASE("a table is supplied or not, whatever rows the case has") {
    world::World world;
    CHECK(world.value("supplied(missing)") == "yes");
    CHECK(world.value("supplied(header)") == "yes");
    CHECK(world.value("supplied(prior.episodes)") == "yes");
    CHECK(world.value("supplied(prior.reviews)") == "no");
    CHECK(world.value("episodes.count(e, supplied(prior.header) || supplied(reviews))") == "3");
}

TEST_CASE("values in messages") {
    world::World world;
    CHECK(world.value("DECOM", "episodes") == "12 May 2025");
    CHECK(world.value("PL_POST", "episodes") == "AB1 2CD");
    CHECK(world.value("PL_POST", "episodes", 2) == "(unreadable)");
    CHECK(world.value("VISITS > 2", "episodes") == "yes");
    CHECK(world.value("episodes.last()") == "Episodes 3");
    CHECK(world.value("reviews.map(r, r.REVIEW)") == "5 June 2025, 28 August 2025, 27 February 2026");
    CHECK(world.value("missing") == "(none)");
    CHECK(world.value("$care_orders") == "C1, C2");
    CHECK(world.value("[1, 2]") == "1, 2");
}

TEST_CASE("occurrences count over all cases") {
    world::World world;
    using Values = std::vector<std::string>;
    CHECK(world.values("occurrences(LS)", "episodes") == Values{"3", "3", "1", "3"});
    CHECK(world.values("occurrences(URN)", "episodes") == Values{"2", "(blank)", "2", "(blank)"});
    CHECK(world.values("occurrences(CIN)", "episodes") == Values{"2", "1", "2", "(blank)"});
    CHECK(world.values("occurrences(PL_POST)", "episodes") == Values{"2", "2", "(blank)", "(blank)"});
    CHECK(world.values("occurrences(CHILD)", "episodes") == Values{"3", "3", "3", "1"});
    CHECK(world.values("occurrences(prev.LS)", "episodes") == Values{"(blank)", "3", "3", "(blank)"});
    CHECK(world.values("episodes.max(e, occurrences(e.LS))") == Values{"3", "3"});
    CHECK_THAT(world::errors_of("occurrences(1) == 1"), Catch::Contains("the name of a field was expected"));
}

TEST_CASE("tables and columns that an extract lacks are empty and missing") {
    world::World world({{"episodes", {"CHILD", "DECOM"}, {{"A", "01/01/2025"}}}});
    CHECK(world.value("reviews.count()") == "0");
    CHECK(world.value("missing(header)") == "yes");
    CHECK(world.value("missing(header.DOB)", "episodes") == "yes");
    CHECK(world.value("missing(LS)", "episodes") == "yes");
    CHECK(world.value("prior.episodes.exists()", "episodes") == "no");
    CHECK(world.value("occurrences(LS)", "episodes") == "(blank)");
    CHECK(world.value("missing(reference.homes['x'])") == "yes");
    CHECK(world.values("DOB", "header").empty());
}

TEST_CASE("cells that cannot be read are compared by what stands in them") {
    using Values = std::vector<std::string>;
    world::World world({{"episodes",
                         {"CHILD", "DECOM", "PL_POST"},
                         {{"A", "01/01/2025", "XX1"},
                          {"A", "02/01/2025", "XX1"},
                          {"A", "03/01/2025", "N1 9GU"},
                          {"A", "04/01/2025", ""},
                          {"A", "31/02/2025", "XX2"}}}});
    CHECK(world.values("invalid_text(PL_POST)", "episodes") ==
          Values{"XX1", "XX1", "(blank)", "(blank)", "XX2"});
    CHECK(world.values("invalid_text(prev.PL_POST)", "episodes") ==
          Values{"(blank)", "XX1", "XX1", "(blank)", "(blank)"});
    CHECK(world.values("same(invalid_text(PL_POST), invalid_text(prev.PL_POST))", "episodes") ==
          Values{"no", "yes", "no", "yes", "no"});
    CHECK(world.values("invalid_text(DECOM)", "episodes") ==
          Values{"(blank)", "(blank)", "(blank)", "(blank)", "31/02/2025"});
}
