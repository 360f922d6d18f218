#include "expression/world.h"
#include "precompiled.h"

#include <thread>

using namespace caseaudit;
using casebook::Which;

namespace {

// `cases` children with 0 to 6 episodes and 0 to 3 reviews each, values from a small range.
std::vector<world::Rows> many_cases(int cases) {
    world::Rows header{"header", {"CHILD", "DOB"}, {}},
        episodes{"episodes", {"CHILD", "DECOM", "DEC", "LS", "VISITS", "URN"}, {}},
        reviews{"reviews", {"CHILD", "REVIEW"}, {}};
    std::uint32_t state = 12345;
    const auto next = [&state](std::uint32_t range) {
        state = state * 1664525 + 1013904223;
        return (state >> 16) % range;
    };
    const auto day = [&] { return fmt::format("{:02}/{:02}/2025", 1 + next(28), 1 + next(12)); };
    for (int i = 0; i < cases; ++i) {
        const std::string child = fmt::format("c{:05}", i);
        if (next(5)) header.rows.push_back({child, day()});
        for (std::uint32_t n = next(7); n > 0; --n)
            episodes.rows.push_back({child, day(), next(3) ? day() : "", next(2) ? "C1" : "C2",
                                     std::to_string(next(5)), fmt::format("u{}", next(9))});
        for (std::uint32_t n = next(4); n > 0; --n) reviews.rows.push_back({child, next(9) ? day() : "bad"});
    }
    return {header, episodes, reviews};
}

const std::vector<std::string> expressions = {
    "DECOM > prev.DEC",
    "reviews.exists(r, r.REVIEW > DECOM)",
    "header.DOB < DECOM",
    "episodes.count(e, e.LS == LS && e != row)",
    "episodes.exists(e, interval(e.DECOM, e.DEC).overlaps(interval(DECOM, DEC)) && e != row)",
    "string(VISITS) + URN.upper()",
    "position(next)",
    "occurrences(URN)",
    "episodes.count_distinct(e, [e.LS, e.VISITS])",
    "$limit + VISITS"};

// All values in batches of `size` cases.
std::vector<std::string> values_in_batches(world::World& world, const expression::Bound& bound,
                                           const std::vector<expression::NodeId>& nodes, std::uint32_t size) {
    expression::Batch batch(bound);
    std::vector<std::vector<std::string>> columns(nodes.size());
    for (std::uint32_t begin = 0; begin < world.casebook.cases(); begin += size) {
        batch.start(begin, std::min(begin + size, world.casebook.cases()));
        for (std::size_t n = 0; n < nodes.size(); ++n) {
            for (std::uint32_t i = 0; i < batch.row_count(1, Which::current); ++i)
                columns[n].push_back(batch.text_of(nodes[n], 1, Which::current, i));
            batch.finish_rule();
        }
    }
    std::vector<std::string> all;
    for (auto& column : columns) all.insert(all.end(), column.begin(), column.end());
    return all;
}

}  // namespace

TEST_CASE("results do not depend on the batches, nor on what is freed between rules") {
    world::World world(many_cases(300));
    std::vector<expression::NodeId> nodes;
    for (const std::string& text : expressions) nodes.push_back(world.compile(text, "episodes"));
    const expression::Bound plain(world.compiler.graph(), world.casebook, world.environment);
    const auto expected = values_in_batches(world, plain, nodes, 1000);
    REQUIRE(expected.size() == expressions.size() * world.casebook.table(1, Which::current).rows);
    for (const std::uint32_t size : {1u, 7u, 100u, 299u})
        CHECK(values_in_batches(world, plain, nodes, size) == expected);
    expression::Bound planned(world.compiler.graph(), world.casebook, world.environment);
    std::vector<std::vector<expression::NodeId>> rules;
    for (const expression::NodeId node : nodes) rules.push_back({node});
    planned.plan(rules);
    for (const std::uint32_t size : {1u, 50u, 1000u})
        CHECK(values_in_batches(world, planned, nodes, size) == expected);
}

TEST_CASE("batches of many threads share a bound graph") {
    world::World world(many_cases(200));
    std::vector<expression::NodeId> nodes;
    for (const std::string& text : expressions) nodes.push_back(world.compile(text, "episodes"));
    const expression::Bound bound(world.compiler.graph(), world.casebook, world.environment);
    const auto expected = values_in_batches(world, bound, nodes, 64);
    std::vector<std::vector<std::string>> found(4);
    std::vector<std::thread> threads;
    for (auto& one : found) threads.emplace_back([&] { one = values_in_batches(world, bound, nodes, 64); });
    for (auto& thread : threads) thread.join();
    for (const auto& one : found) CHECK(one == expected);
}

TEST_CASE("an expression of the case over a scope of rows, and constants") {
    world::World world(many_cases(20));
    const auto constant = world.compile("42", "episodes");
    const auto of_case = world.compile("header.DOB", "case");
    const expression::Bound bound(world.compiler.graph(), world.casebook, world.environment);
    expression::Batch batch(bound);
    batch.start(3, 9);
    const auto numbers = batch.evaluate(constant, 1, Which::current);
    CHECK(numbers.size == batch.row_count(1, Which::current));
    for (std::uint32_t i = 0; i < numbers.size; ++i) CHECK(numbers.int64s()[i] == 42);
    CHECK(batch.evaluate(of_case, -1, Which::current).size == 6);
    const auto births = batch.evaluate(of_case, 1, Which::current);
    const auto again = batch.evaluate(of_case, 1, Which::current);
    CHECK(births.data == again.data);
    batch.start(0, 0);
    CHECK(batch.evaluate(constant, 1, Which::current).size == 0);
    CHECK(batch.evaluate(of_case, -1, Which::current).size == 0);
}

TEST_CASE("a case with very many rows is folded in pieces") {
    std::vector<std::vector<std::string>> episodes;
    constexpr int rows = 3000;  // 9,000,000 pairs
    for (int i = 0; i < rows; ++i)
        episodes.push_back(
            {"A", calendar::to_iso(calendar::day_number(2000, 1, 1) + i), std::to_string(i % 10)});
    world::World world({{"episodes", {"CHILD", "DECOM", "VISITS"}, episodes}});
    const auto later = world.values("episodes.count(e, e.DECOM > DECOM)", "episodes");
    REQUIRE(later.size() == rows);
    for (int i = 0; i < rows; i += 7)
        CHECK(later[static_cast<std::size_t>(i)] == std::to_string(rows - 1 - i));
    const auto distinct =
        world.values("episodes.filter(e, e.DECOM >= DECOM).count_distinct(e, e.VISITS)", "episodes");
    CHECK(distinct.front() == "10");
    CHECK(distinct.back() == "1");
    CHECK(world.value("episodes.filter(e, e.DECOM > DECOM).first().DECOM", "episodes", 1) ==
          "3 January 2000");
    CHECK(world.rows("episodes.filter(e, e.DECOM > DECOM)", "episodes", 0).size() == rows - 1);
}
