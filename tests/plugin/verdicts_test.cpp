#include "plugin/verdicts.h"

#include "plugin/trial.h"

using namespace caseaudit::plugin;

namespace {

const caseaudit_check& deadline() {
    return check_named(linked_timeliness(), "deadline");
}

caseaudit_evidence evidence_of(const char* name, std::int32_t type, std::int64_t integer) {
    caseaudit_evidence evidence{{name, std::strlen(name)}, {type, 0, {}}};
    evidence.value.as.integer = integer;
    return evidence;
}

}  // namespace

TEST_CASE("verdicts are collected and failures put in the order of rows") {
    Verdicts verdicts(deadline());
    verdicts.start(130);
    const auto& sink = verdicts.sink();
    const auto late = evidence_of("late", CASEAUDIT_INTEGER, 3);
    sink.fail(sink.self, 129, &late, 1);
    sink.fail(sink.self, 5, nullptr, 0);
    sink.undecided(sink.self, 64);
    sink.mark(sink.self, 64, 0b1000, 0b0110);
    CHECK(verdicts.finish() == "");
    REQUIRE(verdicts.failures().size() == 3);
    CHECK(verdicts.failures()[0].row == 5);
    CHECK(verdicts.failures()[1].row == 67);
    CHECK(verdicts.failures()[2].row == 129);
    CHECK(verdicts.evidence(verdicts.failures()[0]).empty());
    REQUIRE(verdicts.evidence(verdicts.failures()[2]).size() == 1);
    CHECK(verdicts.evidence(verdicts.failures()[2])[0].integer == 3);
    CHECK(verdicts.undecided_count() == 3);
    CHECK(verdicts.undecided(66));
    CHECK_FALSE(verdicts.undecided(67));
    verdicts.start(10);
    CHECK(verdicts.finish() == "");
    CHECK(verdicts.failures().empty());
    CHECK(verdicts.undecided_count() == 0);
}

TEST_CASE("text of evidence is copied when it is given") {
    Verdicts verdicts(deadline());
    verdicts.start(1);
    {
        std::string unit = "a unit that is too long for the small string optimisation";
        caseaudit_evidence evidence{{"unit", 4}, {CASEAUDIT_TEXT, 0, {}}};
        evidence.value.as.text = {unit.data(), unit.size()};
        verdicts.sink().fail(verdicts.sink().self, 0, &evidence, 1);
        unit.assign(unit.size(), '?');
    }
    CHECK(verdicts.finish() == "");
    CHECK(verdicts.evidence(verdicts.failures()[0])[0].text.starts_with("a unit"));
}

TEST_CASE("a check that lies is found out") {
    Verdicts verdicts(deadline());
    const auto& sink = verdicts.sink();
    const auto fault_of = [&](auto&& say) {
        verdicts.start(70);
        say();
        return verdicts.finish();
    };
    CHECK(fault_of([&] { sink.fail(sink.self, 70, nullptr, 0); }) ==
          "the check gave a verdict on row 70 of a batch of 70");
    CHECK(fault_of([&] {
              sink.undecided(sink.self, SIZE_MAX);
          }).starts_with("the check gave a verdict on row"));
    CHECK(fault_of([&] { sink.mark(sink.self, 64, 1u << 6, 0); }) ==
          "the check gave a verdict on row 70 of a batch of 70");
    CHECK(fault_of([&] {
              sink.mark(sink.self, SIZE_MAX - 63, ~std::uint64_t{0}, 0);
          }).starts_with("the check gave a verdict on row"));
    CHECK(fault_of([&] {
              sink.fail(sink.self, 1, nullptr, 0);
              sink.fail(sink.self, 1, nullptr, 0);
          }) == "the check gave two verdicts on row 1 of a batch");
    CHECK(fault_of([&] {
              sink.undecided(sink.self, 2);
              sink.mark(sink.self, 0, 0b100, 0);
          }) == "the check gave two verdicts on row 2 of a batch");
    CHECK(fault_of([&] { sink.mark(sink.self, 0, 1, 1); }) ==
          "the check gave two verdicts on row 0 of a batch");
    const auto unknown = evidence_of("colour", CASEAUDIT_INTEGER, 1),
               text = evidence_of("late", CASEAUDIT_DATE, 1), beyond = evidence_of("late", 9, 1);
    CHECK(fault_of([&] { sink.fail(sink.self, 0, &unknown, 1); }) ==
          "the check gave evidence 'colour', which it does not declare");
    CHECK(fault_of([&] { sink.fail(sink.self, 0, &text, 1); }) ==
          "the check gave evidence 'late' of another type than it declares");
    CHECK(fault_of([&] { sink.fail(sink.self, 0, &beyond, 1); }) ==
          "the check gave evidence 'late' of another type than it declares");
    CHECK(fault_of([&] { sink.mark(sink.self, 0, 0b10, 0b01); }) == "");
}

TEST_CASE("the rows that a row was judged by are kept with it, when they are of its case") {
    Verdicts verdicts(deadline());
    const auto& sink = verdicts.sink();
    const std::uint32_t cases[] = {7, 7, 7, 9};
    const auto fault_of = [&](std::size_t row, std::vector<std::size_t> by) {
        verdicts.start(4, cases);
        sink.fail_by(sink.self, row, nullptr, 0, by.data(), by.size());
        return verdicts.finish();
    };
    CHECK(fault_of(2, {1, 0}) == "");
    REQUIRE(verdicts.failures().size() == 1);
    const auto context = verdicts.context(verdicts.failures()[0]);
    CHECK(std::vector<std::uint32_t>(context.begin(), context.end()) == std::vector<std::uint32_t>{1, 0});
    CHECK(fault_of(2, {3}) == "the check judged row 2 of a batch by row 3, which is of another case");
    CHECK(fault_of(2, {4}) == "the check judged row 2 by row 4 of a batch of 4");
    CHECK(fault_of(4, {0}) == "the check gave a verdict on row 4 of a batch of 4");
    CHECK(fault_of(2, std::vector<std::size_t>(257, 1)) ==
          "the check judged a record by more than 256 others");
    CHECK(fault_of(2, std::vector<std::size_t>(256, 1)) == "");
}

TEST_CASE("the verdicts of a part of a batch are added with their evidence and context, at their rows") {
    Verdicts part(deadline()), whole(deadline());
    whole.start(200);
    const std::size_t before[] = {1};
    for (const std::size_t first : {70u, 3u}) {
        part.start(5);
        const auto late = evidence_of("late", CASEAUDIT_INTEGER, static_cast<std::int64_t>(first));
        part.sink().undecided(part.sink().self, 0);
        part.sink().fail_by(part.sink().self, 4, &late, 1, before, 1);
        REQUIRE(part.finish() == "");
        whole.add(part, first);
    }
    CHECK(whole.finish() == "");
    REQUIRE(whole.failures().size() == 2);
    for (const auto& [i, first] : {std::pair{0, 3u}, std::pair{1, 70u}}) {
        const auto& failure = whole.failures()[static_cast<std::size_t>(i)];
        CHECK(failure.row == first + 4);
        CHECK(whole.evidence(failure)[0].integer == first);
        CHECK(whole.context(failure)[0] == first + 1);
        CHECK(whole.undecided(first));
    }
    CHECK(whole.undecided_count() == 2);
    // A row has one verdict, from wherever it came.
    whole.sink().undecided(whole.sink().self, 74);
    CHECK(whole.finish() == "the check gave two verdicts on row 74 of a batch");
}
