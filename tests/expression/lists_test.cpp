#include "expression/world.h"
#include "precompiled.h"

using Values = std::vector<std::string>;

namespace {

// One child with visits 3, unreadable, blank, 7; another with nothing.
world::World visits() {
    return world::World({{"header", {"CHILD"}, {{"A"}, {"B"}}},
                         {"episodes",
                          {"CHILD", "DECOM", "VISITS", "PLACE", "URN", "PL_DISTANCE"},
                          {{"A", "01/01/2025", "3", "U1", "x", "1.5"},
                           {"A", "02/01/2025", "?", "K1", "", ""},
                           {"A", "03/01/2025", "", "U1", "x", "0.5"},
                           {"A", "04/01/2025", "7", "U1", "", "?"}}}});
}

}  // namespace

TEST_CASE("exists and all with undecided rows, and of nothing") {
    auto world = visits();
    CHECK(world.values("episodes.exists(e, e.VISITS > 5)") == Values{"yes", "no"});
    CHECK(world.values("episodes.exists(e, e.VISITS > 9)") == Values{"(blank)", "no"});
    CHECK(world.values("episodes.exists(e, present(e.VISITS) && e.VISITS > 9)") == Values{"no", "no"});
    CHECK(world.values("episodes.all(e, e.VISITS > 5)") == Values{"no", "yes"});
    CHECK(world.values("episodes.all(e, e.VISITS > 1)") == Values{"(blank)", "yes"});
    CHECK(world.values("episodes.all(e, present(e.DECOM))") == Values{"yes", "yes"});
    CHECK(world.values("episodes.exists()") == Values{"yes", "no"});
    CHECK(world.values("episodes.empty()") == Values{"no", "yes"});
    CHECK(world.values("exists(episodes, e, true)") == Values{"yes", "no"});
    CHECK(world.values("reviews.exists()") == Values{"no", "no"});
}

TEST_CASE("counting, adding and extremes pass over what is not there") {
    auto world = visits();
    CHECK(world.values("episodes.count()") == Values{"4", "0"});
    CHECK(world.values("episodes.count(e, e.VISITS < 5)") == Values{"1", "0"});
    CHECK(world.values("episodes.filter(e, e.VISITS < 50).count()") == Values{"2", "0"});
    CHECK(world.values("episodes.sum(e, e.VISITS)") == Values{"10", "0"});
    CHECK(world.values("episodes.sum(e, e.PL_DISTANCE)") == Values{"2", "0"});
    CHECK(world.values("episodes.map(e, e.VISITS).sum()") == Values{"10", "0"});
    CHECK(world.values("episodes.min(e, e.VISITS)") == Values{"3", "(blank)"});
    CHECK(world.values("episodes.max(e, e.PL_DISTANCE)") == Values{"1.5", "(blank)"});
    CHECK(world.values("episodes.map(e, e.PLACE).min()") == Values{"K1", "(blank)"});
    CHECK(world.values("episodes.max(e, e.URN + 'b')") == Values{"xb", "(blank)"});
    CHECK(world.values("episodes.min_by(e, e.VISITS).DECOM") == Values{"1 January 2025", "(blank)"});
    CHECK(world.values("position(episodes.max_by(e, e.PLACE))") == Values{"1", "(blank)"});
    CHECK(world.values("episodes.sum(e, 9223372036854775807)") == Values{"(blank)", "0"});
}

TEST_CASE("first and last rows") {
    auto world = visits();
    CHECK(world.values("episodes.first().DECOM") == Values{"1 January 2025", "(blank)"});
    CHECK(world.values("episodes.last(e, e.VISITS > 1).VISITS") == Values{"7", "(blank)"});
    CHECK(world.values("missing(episodes.first(e, e.VISITS > 9))") == Values{"yes", "yes"});
    CHECK(world.values("episodes.filter(e, e.PLACE == 'U1').last().DECOM") ==
          Values{"4 January 2025", "(blank)"});
}

TEST_CASE("distinct values and combinations") {
    auto world = visits();
    CHECK(world.values("episodes.count_distinct(e, e.PLACE)") == Values{"2", "0"});
    CHECK(world.values("episodes.count_distinct(e, e.URN)") == Values{"1", "0"});
    CHECK(world.values("episodes.count_distinct(e, [e.PLACE, e.URN])") == Values{"3", "0"});
    CHECK(world.values("episodes.count_distinct(e, [e.URN, e.PL_DISTANCE])") == Values{"2", "0"});
    CHECK(world.values("episodes.filter(e, e.PLACE == 'U1').count_distinct(e, e.VISITS)") ==
          Values{"2", "0"});
}

TEST_CASE("in with lists of rows, written lists and mapped lists") {
    world::World world;
    CHECK(world.values("DECOM in reviews.map(r, r.REVIEW)", "episodes") ==
          Values{"no", "no", "no", "(blank)"});
    CHECK(world.values("'PN1' in reviews.map(r, string(r.REVIEW_CODE))") == Values{"yes", "no"});
    CHECK(world.values("row in episodes.filter(e, e.LS == 'C2')", "episodes") ==
          Values{"yes", "yes", "no", "yes"});
    CHECK(world.values("LS in [prev.LS, 'D1']", "episodes") == Values{"(blank)", "yes", "no", "(blank)"});
    CHECK(world.values("$limit in $numbers") == Values{"yes", "yes"});
    CHECK(world.value("date('2025-01-02') in [date('2025-01-01'), date('2025-01-02')]") == "yes");
    CHECK(world.value("2.5 in [1, 2.5]") == "yes");
}

TEST_CASE("lambdas in lambdas, with the rule's own row") {
    world::World world;
    CHECK(world.values("reviews.exists(r, r.REVIEW >= DECOM && r.REVIEW < DEC)", "episodes") ==
          Values{"yes", "no", "(blank)", "(blank)"});
    CHECK(world.values("episodes.exists(e, e != row && e.PLACE == PLACE)", "episodes") ==
          Values{"yes", "no", "yes", "no"});
    // Three variables: the row, e and r.
    CHECK(world.values(
              "episodes.exists(e, e != row && reviews.exists(r, r.REVIEW >= e.DECOM && r.REVIEW > DECOM))",
              "episodes") == Values{"yes", "yes", "yes", "no"});
    CHECK(world.values("episodes.count(e, episodes.exists(f, f != e && f.LS == e.LS && f.PLACE != PLACE))",
                       "episodes") == Values{"1", "1", "1", "0"});
    CHECK(world.values("episodes.map(e, reviews.count(r, r.REVIEW >= e.DECOM))") == Values{"3, 1, 1", "0"});
    CHECK(
        world.value(
            "episodes.sum(e, episodes.sum(f, episodes.count(g, g.DECOM > e.DECOM && g.DECOM > f.DECOM)))") ==
        "5");
}

TEST_CASE("a condition on the case alone counts within a list's condition") {
    auto world = visits();  // no reviews
    using Rows = std::vector<std::uint32_t>;
    CHECK(world.rows("episodes.filter(e, reviews.exists() && e.PLACE == 'U1')", "case", 0) == Rows{});
    CHECK(world.rows("episodes.filter(e, reviews.empty() && e.PLACE == 'U1')", "case", 0) == Rows{0, 2, 3});
    CHECK(world.values("episodes.filter(e, reviews.exists() && e.PLACE == 'U1').count(f, f.DECOM <= DECOM)",
                       "episodes") == Values{"0", "0", "0", "0"});
}

TEST_CASE("a choice between lists of one table") {
    world::World world;
    CHECK(world.values("(LS == 'C2' ? episodes : episodes.filter(e, e.LS == 'C1')).count()", "episodes") ==
          Values{"3", "3", "1", "1"});
    CHECK_THAT(world::errors_of("(true ? episodes : reviews).count() == 1"),
               Catch::Contains("'?' cannot join") || Catch::Contains("lists of rows of one table"));
}

TEST_CASE("more lambdas inside each other than are supported are an error") {
    std::string text = "true";
    for (int i = 0; i < 10; ++i) text = fmt::format("episodes.exists(v{}, {})", i, text);
    CHECK_THAT(world::errors_of(text), Catch::Contains("too many lists inside each other"));
}
