// The bundled checks of completeness, uniqueness, validity and consistency.
#include "plugin/trial.h"

using namespace caseaudit::plugin;

TEST_CASE("completeness.present: all of the values, or any") {
    const std::vector<std::pair<int, std::vector<std::string>>> values = {
        {CASEAUDIT_TEXT, {"a", "", "", "a", "!"}},
        {CASEAUDIT_DATE, {"2024-05-02", "2024-05-02", "", "", "!"}}};
    auto outcome = Trial(linked_completeness(), "present").expressions("values", values).run();
    CHECK(outcome.verdicts == "PFFFP");
    CHECK(outcome.evidence[1] == "missing=FIELD1 missing_count=1");
    CHECK(outcome.evidence[2] == "missing=FIELD1, FIELD2 missing_count=2");
    outcome = Trial(linked_completeness(), "present")
                  .expressions("values", values)
                  .constant("needs", ConstantValue::of_text("any"))
                  .run();
    CHECK(outcome.verdicts == "PPFPP");
    outcome = Trial(linked_completeness(), "present")
                  .expressions("values", values)
                  .constant("needs", ConstantValue::of_text("most"))
                  .run();
    CHECK(outcome.refused_parameter == "needs");
    CHECK(outcome.error == "is one of: all, any");
}

TEST_CASE("completeness.together: all of the values or none") {
    const auto outcome = Trial(linked_completeness(), "together")
                             .expressions("values", {{CASEAUDIT_INTEGER, {"1", "", "", "7"}},
                                                     {CASEAUDIT_DECIMAL, {"1.5", "", "2.5", ""}}})
                             .run();
    CHECK(outcome.verdicts == "PPFF");
    CHECK(outcome.evidence[3] == "missing=FIELD2 missing_count=1");
    CHECK(Trial(linked_completeness(), "together")
              .expressions("values", {{CASEAUDIT_TEXT, {""}}})
              .run()
              .error == "must be two or more");
}

TEST_CASE("uniqueness.single: one row a case, the later ones fail") {
    auto outcome = Trial(linked_uniqueness(), "single").cases({1, 2, 2, 2, 5}).run();
    CHECK(outcome.verdicts == "PPFFP");
    CHECK(outcome.evidence[3] == "position=3 count=3");
    outcome = Trial(linked_uniqueness(), "single")
                  .expression("of", CASEAUDIT_TEXT, {"a", "a", "b", "a", "", "", "!", "b"})
                  .cases({1, 2, 2, 2, 2, 3, 4, 4})
                  .run();
    CHECK(outcome.verdicts == "PPPF???P");
    CHECK(outcome.evidence[3] == "position=2 count=2");
}

TEST_CASE("uniqueness.once: more than one occurrence fails") {
    const auto outcome =
        Trial(linked_uniqueness(), "once").expression("occurrences", CASEAUDIT_INTEGER, {"1", "2", ""}).run();
    CHECK(outcome.verdicts == "PF?");
    CHECK(outcome.evidence[1] == "count=2");
}

TEST_CASE("validity.code: on the list, as written") {
    const std::vector<std::string> cells = {"C1", "c1", "V9", "", "!", "!C2", "!X"};
    auto outcome = Trial(linked_validity(), "code")
                       .expression("value", CASEAUDIT_TEXT, cells)
                       .texts("allowed", {"C1", "C2"})
                       .run();
    CHECK(outcome.verdicts == "PFF?FPF");
    outcome = Trial(linked_validity(), "code")
                  .expression("value", CASEAUDIT_TEXT, cells)
                  .texts("allowed", {"C1", "C2"})
                  .constant("missing_is", ConstantValue::of_text("fails"))
                  .run();
    CHECK(outcome.verdicts == "PFFFFPF");
    CHECK(Trial(linked_validity(), "code")
              .expression("value", CASEAUDIT_TEXT, {""})
              .texts("allowed", {})
              .run()
              .error == "must not be empty");
}

TEST_CASE("validity.readable: only what cannot be read fails") {
    auto outcome = Trial(linked_validity(), "readable")
                       .expression("value", CASEAUDIT_DATE, {"2024-02-29", "", "!"})
                       .run();
    CHECK(outcome.verdicts == "PPF");
    outcome = Trial(linked_validity(), "readable")
                  .expression("value", CASEAUDIT_DATE, {"2024-02-29", "", "!"})
                  .constant("missing_is", ConstantValue::of_text("undecided"))
                  .run();
    CHECK(outcome.verdicts == "P?F");
}

TEST_CASE("a code that is not on its list is unreadable, and yet compared by its text") {
    const std::vector<std::string> codes = {"C2", "!XX", "!XX", "C2"};
    CHECK(Trial(linked_validity(), "readable").expression("value", CASEAUDIT_TEXT, codes).run().verdicts ==
          "PFFP");
    CHECK(Trial(linked_validity(), "pattern")
              .expression("value", CASEAUDIT_TEXT, codes)
              .constant("pattern", ConstantValue::of_text("X+"))
              .run()
              .verdicts == "FPPF");
    CHECK(Trial(linked_consistency(), "equal")
              .expression("left", CASEAUDIT_TEXT, codes)
              .expression("right", CASEAUDIT_TEXT, {"!XX", "!XX", "C2", ""})
              .run()
              .verdicts == "FPF?");
    CHECK(Trial(linked_consistency(), "constant")
              .expression("value", CASEAUDIT_TEXT, codes)
              .cases({1, 1, 2, 2})
              .run()
              .verdicts == "PFPF");
    CHECK(Trial(linked_uniqueness(), "single")
              .expression("of", CASEAUDIT_TEXT, codes)
              .cases({1, 1, 1, 1})
              .run()
              .verdicts == "PPFF");
    CHECK(Trial(linked_completeness(), "present")
              .expressions("values", {{CASEAUDIT_TEXT, codes}})
              .run()
              .verdicts == "PPPP");
}

TEST_CASE("validity.pattern: the whole text, not a part") {
    auto outcome = Trial(linked_validity(), "pattern")
                       .expression("value", CASEAUDIT_TEXT, {"A12", "A12x", "xA12", "", "!"})
                       .constant("pattern", ConstantValue::of_text("[A-Z][0-9]{2}"))
                       .run();
    CHECK(outcome.verdicts == "PFF?F");
    outcome = Trial(linked_validity(), "pattern")
                  .expression("value", CASEAUDIT_TEXT, {"A"})
                  .constant("pattern", ConstantValue::of_text("[A"))
                  .run();
    CHECK(outcome.refused_parameter == "pattern");
    CHECK(outcome.error == "is not a regular expression: missing ]: [A");
}

TEST_CASE("validity.range: both limits belong to it") {
    auto outcome = Trial(linked_validity(), "range")
                       .expression("value", CASEAUDIT_INTEGER, {"0", "1", "5", "6", "", "!", "3", "9"})
                       .expression("from", CASEAUDIT_INTEGER, {"1", "1", "1", "1", "1", "1", "", ""})
                       .expression("to", CASEAUDIT_DECIMAL, {"5", "5", "5", "5.5", "5", "5", "5", "5"})
                       .run();
    CHECK(outcome.verdicts == "FPPF?F?F");
    CHECK(outcome.evidence[0] == "side=below limit=1");
    CHECK(outcome.evidence[3] == "side=above limit=5.5");
    outcome = Trial(linked_validity(), "range")
                  .expression("value", CASEAUDIT_DATE, {"2024-05-02"})
                  .expression("to", CASEAUDIT_INTEGER, {"1"})
                  .run();
    CHECK(outcome.refused_parameter == "to");
    CHECK(Trial(linked_validity(), "range").expression("value", CASEAUDIT_DATE, {"2024-05-02"}).run().error ==
          "or to is needed: what may the value be?");
}

TEST_CASE("consistency.equal: missing is unknown, or a value") {
    const auto equal = [](const std::string& missing_is) {
        return Trial(linked_consistency(), "equal")
            .expression("left", CASEAUDIT_TEXT, {"a", "a", "a", "", "", "!"})
            .expression("right", CASEAUDIT_TEXT, {"a", "b", "", "b", "", "a"})
            .constant("missing_is", ConstantValue::of_text(missing_is))
            .run()
            .verdicts;
    };
    CHECK(equal("undecided") == "PF????");
    CHECK(equal("value") == "PFFFP?");
    CHECK(Trial(linked_consistency(), "equal")
              .expression("left", CASEAUDIT_TEXT, {"1"})
              .expression("right", CASEAUDIT_INTEGER, {"1"})
              .run()
              .error == "is not of the type of left");
    CHECK(Trial(linked_consistency(), "equal")
              .expression("left", CASEAUDIT_DECIMAL, {"1", "1.5"})
              .expression("right", CASEAUDIT_INTEGER, {"1", "1"})
              .run()
              .verdicts == "PF");
}

TEST_CASE("consistency.order: first, then") {
    const auto order = [](bool allow_equal) {
        return Trial(linked_consistency(), "order")
            .expression("first", CASEAUDIT_DATE, {"2024-05-01", "2024-05-02", "2024-05-03", "", "2024-05-01"})
            .expression("then", CASEAUDIT_DATE, {"2024-05-02", "2024-05-02", "2024-05-02", "2024-05-02", "!"})
            .constant("allow_equal", ConstantValue::of_boolean(allow_equal))
            .run();
    };
    CHECK(order(true).verdicts == "PPF??");
    CHECK(order(true).evidence[2] == "days=1");
    CHECK(order(false).verdicts == "PFF??");
}

TEST_CASE("consistency.constant: rows that differ from the first known value of their case fail") {
    const auto outcome =
        Trial(linked_consistency(), "constant")
            .expression("value", CASEAUDIT_BOOLEAN, {"true", "false", "", "true", "false", "true", "!"})
            .cases({1, 2, 3, 3, 3, 3, 3})
            .run();
    CHECK(outcome.verdicts == "PP?PFP?");
}
