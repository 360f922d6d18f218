#include "expression/oracle.h"
#include "expression/random_expression.h"
#include "precompiled.h"

using namespace caseaudit;
using casebook::Which;
using expression::Kind;

namespace {

std::vector<world::Rows> random_rows(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto pick = [&](std::initializer_list<const char*> values) {
        return std::string(*(values.begin() + random() % values.size()));
    };
    world::Rows episodes{
        "episodes", {"CHILD", "DECOM", "DEC", "LS", "PLACE", "URN", "PL_DISTANCE", "VISITS", "AGREED"}, {}};
    for (const char* child : {"A", "B", "C", "D"})
        for (std::size_t rows = random() % 5; rows > 0; --rows)
            episodes.rows.push_back(
                {child, pick({"01/05/2025", "01/09/2025", "03/09/2025", "01/01/2026", "", "32/01/2025"}),
                 pick({"01/09/2025", "02/09/2025", "01/02/2026", "", "", "x"}),
                 pick({"C1", "C2", "E1", "", "ZZ"}), pick({"U1", "K1", "", "U9"}), pick({"a", "b", "c2", ""}),
                 pick({"0.5", "2.5", "-1", "", "y"}), pick({"0", "1", "2", "7", "", "z"}),
                 pick({"Y", "N", "", "?"})});
    return {{"header", {"CHILD"}, {{"A"}, {"B"}, {"C"}, {"D"}}}, episodes};
}

void compare_with_oracle(std::uint64_t seed, bool over_rows) {
    world::World world(random_rows(seed));
    oracle::Oracle oracle(world.casebook);
    world::RandomExpression expressions(seed * 31 + over_rows, over_rows);
    constexpr Kind kinds[] = {Kind::boolean, Kind::boolean, Kind::integer,
                              Kind::decimal, Kind::date,    Kind::text};
    const std::string table = over_rows ? "episodes" : "case";
    std::vector<std::pair<std::string, expression::NodeId>> compiled;
    for (int i = 0; i < 40; ++i) {
        const std::string text = expressions.make(kinds[i % 6], 1 + i % 4);
        compiled.emplace_back(text, world.compile(text, table));
    }
    const expression::Bound bound(world.compiler.graph(), world.casebook, world.environment);
    expression::Batch batch(bound);
    batch.start(0, world.casebook.cases());
    const int number = over_rows ? 1 : -1;
    const std::uint32_t count = over_rows ? batch.row_count(1, Which::current) : world.casebook.cases();
    for (const auto& [text, node] : compiled)
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string found = batch.text_of(node, number, Which::current, i);
            const std::string expected = oracle.show(text, number, Which::current, i);
            if (found == expected) continue;
            INFO(text << " for " << table << " " << i << ", seed " << seed);
            CHECK(found == expected);
        }
    SUCCEED();
}

}  // namespace

TEST_CASE("random expressions over random rows give what a plain interpreter gives") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        compare_with_oracle(seed, true);
        compare_with_oracle(seed, false);
    }
}
