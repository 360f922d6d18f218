#include "expression/world.h"
#include "precompiled.h"

namespace {

// yes, no and (blank) are the three truth values: AGREED of three rows.
world::World truth_world() {
    return world::World({{"episodes",
                          {"CHILD", "DECOM", "AGREED"},
                          {{"A", "01/01/2025", "Y"},
                           {"A", "02/01/2025", "N"},
                           {"A", "03/01/2025", ""},
                           {"A", "04/01/2025", "maybe"}}}});
}

// The value of `text` with $a and $b replaced by each pair of rows' AGREED, as a row of letters.
std::string table_of(const std::string& symbol) {
    auto world = truth_world();
    std::string letters;
    for (const char* a : {"episodes.first()", "next(episodes.first())", "prev(episodes.last())"})
        for (const char* b : {"episodes.first()", "next(episodes.first())", "prev(episodes.last())"}) {
            const std::string value = world.value(fmt::format("{}.AGREED {} {}.AGREED", a, symbol, b));
            letters += value == "yes" ? 'T' : value == "no" ? 'F' : '?';
        }
    return letters;
}

}  // namespace

TEST_CASE("three-valued logic") {
    // Rows: left true, false, undecided; columns: right.
    CHECK(table_of("&&") == "TF?FFF?F?");
    CHECK(table_of("||") == "TTTTF?T??");
    CHECK(table_of("==") == "TF?FT????");
    CHECK(table_of("!=") == "FT?TF????");
}

TEST_CASE("not, and the states of conditions") {
    auto world = truth_world();
    using Values = std::vector<std::string>;
    CHECK(world.values("!AGREED", "episodes") == Values{"no", "yes", "(blank)", "(blank)"});
    CHECK(world.values("missing(AGREED)", "episodes") == Values{"no", "no", "yes", "no"});
    CHECK(world.values("invalid(AGREED)", "episodes") == Values{"no", "no", "no", "yes"});
    CHECK(world.values("present(AGREED)", "episodes") == Values{"yes", "yes", "no", "no"});
    CHECK(world.values("missing(AGREED == true)", "episodes") == Values{"no", "no", "yes", "yes"});
    CHECK(world.values("coalesce(AGREED, false)", "episodes") == Values{"yes", "no", "no", "no"});
    CHECK(world.values("AGREED ? 1 : 2", "episodes") == Values{"1", "2", "(blank)", "(blank)"});
    CHECK(world.values("AGREED in [true]", "episodes") == Values{"yes", "no", "(blank)", "(blank)"});
    CHECK(world.values("same(AGREED, prev.AGREED)", "episodes") == Values{"no", "no", "no", "(blank)"});
}

TEST_CASE("comparisons with missing or invalid values are undecided") {
    world::World world;
    using Values = std::vector<std::string>;
    CHECK(world.values("VISITS > 2", "episodes") == Values{"yes", "(blank)", "(blank)", "yes"});
    CHECK(world.values("!(VISITS > 5)", "episodes") == Values{"yes", "(blank)", "(blank)", "no"});
    CHECK(world.values("PL_DISTANCE >= 1", "episodes") == Values{"yes", "(blank)", "no", "yes"});
    CHECK(world.values("URN == 'SC034567'", "episodes") == Values{"yes", "(blank)", "yes", "(blank)"});
    CHECK(world.values("DEC < as_at", "episodes") == Values{"yes", "yes", "(blank)", "(blank)"});
    CHECK(world.values("PL_POST == episodes.first().PL_POST", "episodes") ==
          Values{"yes", "yes", "(blank)", "(blank)"});
    CHECK(world.values("prev == row", "episodes") == Values{"(blank)", "no", "no", "(blank)"});
    CHECK(world.values("VISITS in [3, 4]", "episodes") == Values{"yes", "(blank)", "(blank)", "no"});
    for (const char* field :
         {"VISITS", "LS", "CIN", "PL_POST", "PL_DISTANCE", "DEC", "AGREED", "decimal(URN)"}) {
        INFO(field);  // nothing is in an empty list, whatever a blank or unreadable cell would be
        CHECK(world.values(fmt::format("{} in []", field), "episodes") == Values{"no", "no", "no", "no"});
        CHECK(world.values(fmt::format("!({} in [])", field), "episodes") ==
              Values{"yes", "yes", "yes", "yes"});
    }
}

TEST_CASE("a code off its list is invalid, and its text is known") {
    world::World world;
    using Values = std::vector<std::string>;
    CHECK(world.values("invalid(CIN)", "episodes") == Values{"no", "yes", "no", "no"});
    CHECK(world.values("missing(CIN)", "episodes") == Values{"no", "no", "no", "yes"});
    CHECK(world.values("present(CIN)", "episodes") == Values{"yes", "no", "yes", "no"});
    CHECK(world.values("CIN == 'N1'", "episodes") == Values{"yes", "no", "yes", "(blank)"});
    CHECK(world.values("CIN in ['N1', 'N2']", "episodes") == Values{"yes", "no", "yes", "(blank)"});
    CHECK(world.values("string(CIN) == 'N9'", "episodes") == Values{"no", "yes", "no", "(blank)"});
    CHECK(world.values("invalid(string(CIN))", "episodes") == Values{"no", "no", "no", "no"});
    CHECK(world.values("coalesce(CIN, 'N2')", "episodes") == Values{"N1", "N2", "N1", "N2"});
    CHECK(world.values("same(CIN, prev.CIN)", "episodes") == Values{"no", "no", "no", "yes"});
    CHECK(world.value("invalid(prior.episodes.first().CIN)") == "no");
    CHECK(world.values("reviews.exists(r, invalid(r.REVIEW_CODE))") == Values{"no", "yes"});
}
