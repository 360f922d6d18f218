#include "expression/world.h"
#include "precompiled.h"

#include <algorithm>

using namespace caseaudit;
using expression::NodeId;

TEST_CASE("equal expressions are one node, whichever rule or lambda they come from") {
    world::World world;
    const NodeId a = world.compile("days_between(DECOM, DEC) > 5", "episodes");
    CHECK(world.compile("days_between( DECOM,DEC)>5", "episodes") == a);
    CHECK(world.compile("DEC == DECOM", "episodes") == world.compile("DECOM == DEC", "episodes"));
    CHECK(world.compile("episodes.exists(e, e.LS == 'C1')", "episodes") ==
          world.compile("episodes.exists(other, other.LS == 'C1')", "reviews"));
    CHECK(world.compile("$limit", "episodes") == world.compile("20", "case"));
    CHECK(world.compile("prev.DEC", "episodes") == world.compile("prev(row).DEC", "episodes"));
    CHECK(world.compile("DEC", "episodes") != world.compile("DEC", "prior.episodes"));
}

TEST_CASE("a lambda's body that mentions its variable alone is the row's own expression") {
    world::World world;
    const NodeId own = world.compile("add_days(DECOM, 3) < DEC", "episodes");
    world.compile("episodes.exists(e, add_days(e.DECOM, 3) < e.DEC)", "case");
    // Compiling the row's expression again after the lambda adds nothing.
    const NodeId next = world.compile("12345 == 54321", "episodes");
    CHECK(world.compile("add_days(DECOM, 3) < DEC", "episodes") == own);
    CHECK(world.compile("54321 == 12345", "episodes") == next);
}

TEST_CASE("shared nodes are computed once in a batch") {
    world::World world;
    const NodeId a = world.compile("episodes.exists(e, e.LS == 'C1') && DECOM > as_at", "episodes");
    const NodeId b = world.compile("episodes.exists(f, f.LS == 'C1') || REVIEW > as_at", "reviews");
    const expression::Bound bound(world.compiler.graph(), world.casebook, world.environment);
    expression::Batch batch(bound);
    batch.start(0, world.casebook.cases());
    batch.evaluate(a, 1, casebook::Which::current);
    const auto first = batch.computed();
    batch.evaluate(a, 1, casebook::Which::current);
    CHECK(batch.computed() == first);
    batch.evaluate(b, 2, casebook::Which::current);
    CHECK(batch.computed() == first + 3);  // REVIEW, its comparison, and ||
}

TEST_CASE("what does not depend on the row is computed once for each case") {
    // One case of 2000 episodes and 2000 reviews: pair by pair this would be 4,000,000 steps.
    std::vector<std::vector<std::string>> episodes, reviews;
    for (int i = 0; i < 2000; ++i) {
        episodes.push_back({"A", "01/01/2025", "C2"});
        reviews.push_back({"A", "01/02/2025"});
    }
    world::World world(
        {{"episodes", {"CHILD", "DECOM", "LS"}, episodes}, {"reviews", {"CHILD", "REVIEW"}, reviews}});
    const NodeId inside = world.compile("reviews.exists(r, r.REVIEW > as_at)", "case");
    const NodeId node = world.compile("DECOM > as_at || reviews.exists(r, r.REVIEW > as_at)", "episodes");
    const expression::Bound bound(world.compiler.graph(), world.casebook, world.environment);
    expression::Batch batch(bound);
    batch.start(0, 1);
    batch.evaluate(node, 1, casebook::Which::current);
    const auto computed = batch.computed();
    CHECK(batch.evaluate(inside, -1, casebook::Which::current).size == 1);
    CHECK(batch.computed() == computed);
}

TEST_CASE("what the first operand decides for every row is all that is computed") {
    world::World world({{"episodes",
                         {"CHILD", "DECOM", "LS"},
                         {{"A", "01/01/2025", "C2"}, {"A", "02/01/2025", "C2"}, {"B", "03/01/2025", "C2"}}}});
    const auto computed = [&](const std::string& text, std::int8_t expected) {
        const NodeId node = world.compile(text, "episodes");
        const expression::Bound bound(world.compiler.graph(), world.casebook, world.environment);
        expression::Batch batch(bound);
        batch.start(0, world.casebook.cases());
        const auto verdicts = batch.evaluate(node, 1, casebook::Which::current);
        for (std::uint32_t i = 0; i < verdicts.size; ++i) CHECK(verdicts.booleans()[i] == expected);
        return batch.computed();
    };
    const std::string dear = "episodes.exists(e, add_days(e.DECOM, 3) > DECOM)";
    const auto whole = computed("LS == 'C2' && " + dear, 1);
    CHECK(computed("LS == 'C1' && " + dear, 0) < whole);
    CHECK(computed("LS == 'C2' || " + dear, 1) < whole);
    CHECK(computed("LS == 'C2' ? DECOM > as_at : " + dear, 0) < whole);
    CHECK(computed("LS == 'C1' ? " + dear + " : DECOM > as_at", 0) < whole);
    // One row that differs, or that is undecided, and the rest is needed.
    CHECK(computed("(DECOM == date(2025, 1, 1) ? false : LS == 'C2') || " + dear, 1) > whole);
}

TEST_CASE("needs name every column that is read, through derived tables too") {
    world::World world;
    const auto needs = [&](const std::string& text, const std::string& table) {
        std::string names;
        for (const expression::Need& need : world.compiler.needs(world.compile(text, table))) {
            const auto& definition = world::small_dataset().tables[static_cast<std::size_t>(need.table)];
            names += (names.empty() ? "" : " ") +
                     std::string(need.which == casebook::Which::prior ? "prior." : "") + definition.name;
            if (need.field >= 0) names += "." + definition.fields[static_cast<std::size_t>(need.field)].name;
        }
        return names;
    };
    CHECK(needs("DEC > prev.DEC", "episodes") == "episodes episodes.DEC");
    CHECK(needs("reviews.exists()", "case") == "reviews");
    CHECK(needs("prior.header.DOB == header.DOB", "case") ==
          "header header.DOB prior.header prior.header.DOB");
    CHECK(needs("occurrences(UPN) > 1", "header") == "header.UPN");
    CHECK(needs("periods_of_care.exists(p, p.first_LS == 'C1')", "case") ==
          "episodes.DECOM episodes.DEC episodes.LS periods_of_care periods_of_care.first_LS");
    CHECK(needs("reference.homes[URN].PLACES > 1", "episodes") == "episodes.URN homes homes.PLACES");
    CHECK(needs("1 == 1", "case").empty());
}
