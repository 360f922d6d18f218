// The boundaries of timeliness.deadline: the day before, the day, the day after; weekends and bank holidays.
// Easter 2024: Good Friday 29 March, Easter Monday 1 April. Monday 6 May 2024 is a bank holiday.
#include "plugin/trial.h"

using namespace caseaudit::plugin;

namespace {

Trial deadline() {
    return Trial(linked_timeliness(), "deadline");
}

// One row for each event, all with one start.
Outcome judge(const std::string& start, const std::vector<std::string>& events, const std::string& parameter,
              std::int64_t count, caseaudit_unit unit, bool before = false,
              const std::string& as_at = "2024-12-31") {
    Trial trial(linked_timeliness(), "deadline");
    trial.expression("start", CASEAUDIT_DATE, std::vector<std::string>(events.size(), start))
        .expression("event", CASEAUDIT_DATE, events)
        .duration(parameter, count, unit)
        .as_at(as_at);
    if (before) trial.constant("before", ConstantValue::of_boolean(true));
    auto outcome = trial.run();
    CHECK(outcome.error == "");
    return outcome;
}

}  // namespace

TEST_CASE("within working days: the last of them is on time, the day after is late") {
    // Thursday 2 May: Friday 3, [bank holiday 6], Tuesday 7, Wednesday 8.
    const auto outcome =
        judge("2024-05-02", {"2024-05-07", "2024-05-08", "2024-05-09"}, "within", 3, CASEAUDIT_WORKING_DAYS);
    CHECK(outcome.verdicts == "PPF");
    CHECK(outcome.evidence[2] ==
          "due=2024-05-08 event=2024-05-09 late=1 unit=working days late_days=1 late_working_days=1 "
          "overdue=false");
}

TEST_CASE("within working days: the weekend after a due Friday is late by one working day") {
    // Wednesday 1 May, two working days: due Friday 3 May. Saturday 4, Tuesday 7 (Monday is a holiday).
    const auto outcome = judge("2024-05-01", {"2024-05-03", "2024-05-04", "2024-05-06", "2024-05-07"},
                               "within", 2, CASEAUDIT_WORKING_DAYS);
    CHECK(outcome.verdicts == "PFFF");
    CHECK(outcome.evidence[1] ==
          "due=2024-05-03 event=2024-05-04 late=1 unit=working days late_days=1 late_working_days=0 "
          "overdue=false");
    CHECK(outcome.evidence[3] ==
          "due=2024-05-03 event=2024-05-07 late=1 unit=working days late_days=4 late_working_days=1 "
          "overdue=false");
}

TEST_CASE("within working days from a weekend: the first is Monday") {
    const auto outcome =
        judge("2024-04-27", {"2024-04-29", "2024-04-30"}, "within", 1, CASEAUDIT_WORKING_DAYS);  // a Saturday
    CHECK(outcome.verdicts == "PF");
}

TEST_CASE("within 20 working days over Easter") {
    // Friday 15 March: 18-22 (5), 25-28 (9), [29, 1 April], 2-5 (13), 8-12 (18), 15, 16 April (20).
    const auto outcome =
        judge("2024-03-15", {"2024-04-15", "2024-04-16", "2024-04-17"}, "within", 20, CASEAUDIT_WORKING_DAYS);
    CHECK(outcome.verdicts == "PPF");
}

TEST_CASE(
    "late_from working days: late on that working day, on time on the last before and on days between") {
    // Thursday 2 May: the third working day after is Wednesday 8 May.
    auto outcome = judge("2024-05-02", {"2024-05-07", "2024-05-08", "2024-05-09"}, "late_from", 3,
                         CASEAUDIT_WORKING_DAYS);
    CHECK(outcome.verdicts == "PFF");
    CHECK(outcome.evidence[1] ==
          "due=2024-05-07 event=2024-05-08 late=1 unit=working days late_days=1 late_working_days=1 "
          "overdue=false");
    // Wednesday 1 May: the third is Tuesday 7 May; Friday 3 to bank holiday Monday 6 are on time.
    outcome = judge("2024-05-01", {"2024-05-03", "2024-05-04", "2024-05-06", "2024-05-07"}, "late_from", 3,
                    CASEAUDIT_WORKING_DAYS);
    CHECK(outcome.verdicts == "PPPF");
    CHECK(outcome.evidence[3].substr(0, 14) == "due=2024-05-03");
    // From the first working day on: only the start itself, and days off after it, are on time.
    outcome = judge("2024-05-03", {"2024-05-03", "2024-05-06", "2024-05-07"}, "late_from", 1,
                    CASEAUDIT_WORKING_DAYS);
    CHECK(outcome.verdicts == "PPF");
}

TEST_CASE("days, weeks, months and years count every day") {
    CHECK(judge("2024-05-02", {"2024-05-04", "2024-05-05", "2024-05-06"}, "within", 3, CASEAUDIT_DAYS)
              .verdicts == "PPF");
    CHECK(judge("2024-05-02", {"2024-05-04", "2024-05-05", "2024-05-06"}, "late_from", 3, CASEAUDIT_DAYS)
              .verdicts == "PFF");
    CHECK(judge("2024-05-02", {"2024-06-13", "2024-06-14"}, "within", 6, CASEAUDIT_WEEKS).verdicts == "PF");
    CHECK(judge("2023-08-31", {"2024-02-29", "2024-03-01"}, "within", 6, CASEAUDIT_MONTHS).verdicts == "PF");
    CHECK(judge("2024-02-29", {"2025-02-28", "2025-03-01"}, "within", 1, CASEAUDIT_YEARS).verdicts == "PF");
    CHECK(judge("2024-05-02", {"2024-05-02", "2024-05-03"}, "within", 0, CASEAUDIT_DAYS).verdicts == "PF");
}

TEST_CASE("lateness is given in whole units of the duration") {
    const auto late = [](const std::string& event, caseaudit_unit unit) {
        const auto text = judge("2024-01-31", {event}, "within", 1, unit).evidence[0];
        return text.substr(text.find("late="), text.find(" late_days") - text.find("late="));
    };
    CHECK(late("2024-03-01", CASEAUDIT_MONTHS) == "late=0 unit=months");  // due 29 February
    CHECK(late("2024-03-29", CASEAUDIT_MONTHS) == "late=1 unit=months");
    CHECK(late("2024-12-31", CASEAUDIT_MONTHS) == "late=10 unit=months");
    CHECK(late("2024-02-13", CASEAUDIT_WEEKS) == "late=0 unit=weeks");  // due 7 February
    CHECK(late("2024-02-14", CASEAUDIT_WEEKS) == "late=1 unit=weeks");
    CHECK(late("2027-01-30", CASEAUDIT_YEARS) == "late=1 unit=years");  // due 31 January 2025
    CHECK(late("2027-01-31", CASEAUDIT_YEARS) == "late=2 unit=years");
    CHECK(late("2024-02-05", CASEAUDIT_DAYS) == "late=4 unit=days");  // due 1 February
}

TEST_CASE("before: the event comes at least that long before the start") {
    // A review on Thursday 9 May: Wednesday 8, Tuesday 7, [holiday 6], Friday 3.
    auto outcome = judge("2024-05-09", {"2024-05-02", "2024-05-03", "2024-05-04", "2024-05-07"}, "within", 3,
                         CASEAUDIT_WORKING_DAYS, true);
    CHECK(outcome.verdicts == "PPFF");
    CHECK(outcome.evidence[3] ==
          "due=2024-05-03 event=2024-05-07 late=1 unit=working days late_days=4 late_working_days=1 "
          "overdue=false");
    outcome = judge("2024-05-11", {"2024-05-08", "2024-05-09"}, "within", 3, CASEAUDIT_WORKING_DAYS,
                    true);  // a Saturday
    CHECK(outcome.verdicts == "PF");
    outcome = judge("2024-05-09", {"2024-05-04", "2024-05-05"}, "within", 5, CASEAUDIT_DAYS, true);
    CHECK(outcome.verdicts == "PF");
}

TEST_CASE("a missing event is overdue only once the due day is past") {
    const auto on = [](const std::string& as_at) {
        return judge("2024-05-02", {""}, "within", 3, CASEAUDIT_WORKING_DAYS, false, as_at);
    };
    CHECK(on("2024-05-01").verdicts == "?");
    CHECK(on("2024-05-08").verdicts == "?");
    CHECK(on("2024-05-09").verdicts == "F");
    CHECK(
        on("2024-05-13").evidence[0] ==
        "due=2024-05-08 event=(blank) late=3 unit=working days late_days=5 late_working_days=3 overdue=true");
}

TEST_CASE("late_from: a missing event is overdue from the first late day on") {
    const auto on = [](const std::string& as_at) {
        return judge("2024-05-01", {""}, "late_from", 3, CASEAUDIT_WORKING_DAYS, false, as_at).verdicts;
    };
    CHECK(on("2024-05-06") == "?");
    CHECK(on("2024-05-07") == "F");
}

TEST_CASE("missing_event and not_yet_due say what a missing event means") {
    const auto verdict = [](const std::string& missing_event, const std::string& not_yet_due,
                            const std::string& as_at) {
        auto outcome = Trial(linked_timeliness(), "deadline")
                           .expression("start", CASEAUDIT_DATE, {"2024-05-02"})
                           .expression("event", CASEAUDIT_DATE, {""})
                           .duration("within", 3, CASEAUDIT_DAYS)
                           .constant("missing_event", ConstantValue::of_text(missing_event))
                           .constant("not_yet_due", ConstantValue::of_text(not_yet_due))
                           .as_at(as_at)
                           .run();
        CHECK(outcome.error == "");
        return outcome.verdicts;
    };
    const std::string due = "2024-05-05", past = "2024-05-06";
    CHECK(verdict("overdue", "undecided", due) == "?");
    CHECK(verdict("overdue", "passes", due) == "P");
    CHECK(verdict("overdue", "passes", past) == "F");
    CHECK(verdict("passes", "undecided", past) == "P");
    CHECK(verdict("undecided", "passes", past) == "?");
    CHECK(verdict("fails", "undecided", due) == "F");
    CHECK(verdict("fails", "undecided", past) == "F");
}

TEST_CASE("a start that is missing or invalid, and an event that is invalid, leave the row undecided") {
    const auto outcome =
        deadline()
            .expression("start", CASEAUDIT_DATE, {"", "!", "2024-05-02", "", "2024-05-02"})
            .expression("event", CASEAUDIT_DATE, {"2024-05-03", "2024-05-03", "!", "", "2024-05-03"})
            .duration("within", 3, CASEAUDIT_DAYS)
            .run();
    CHECK(outcome.verdicts == "????P");
}

TEST_CASE("due gives the day itself, and as_at may differ from row to row") {
    const auto outcome =
        deadline()
            .expression("due", CASEAUDIT_DATE, {"2024-05-05", "2024-05-05", "", "2024-05-05", "2024-05-05"})
            .expression("event", CASEAUDIT_DATE, {"2024-05-05", "2024-05-07", "2024-05-07", "", ""})
            .expression("as_at", CASEAUDIT_DATE, {"", "", "", "2024-05-05", "2024-05-06"})
            .run();
    CHECK(outcome.verdicts == "PF??F");
    CHECK(outcome.evidence[1] ==
          "due=2024-05-05 event=2024-05-07 late=2 unit=days late_days=2 late_working_days=1 overdue=false");
    CHECK(outcome.evidence[4] ==
          "due=2024-05-05 event=(blank) late=1 unit=days late_days=1 late_working_days=0 overdue=true");
}

TEST_CASE("parameters that do not go together are refused, naming the one to change") {
    const std::vector<std::string> day = {"2024-05-02"};
    const auto refused = [&](const std::vector<std::string>& given) {
        Trial trial(linked_timeliness(), "deadline");
        trial.expression("event", CASEAUDIT_DATE, day);
        for (const auto& name : given) {
            if (name == "start" || name == "due")
                trial.expression(name, CASEAUDIT_DATE, day);
            else if (name == "before")
                trial.constant(name, ConstantValue::of_boolean(true));
            else if (name == "missing_event")
                trial.constant(name, ConstantValue::of_text("ignored"));
            else
                trial.duration(name, 3, CASEAUDIT_DAYS);
        }
        const auto outcome = trial.run();
        return outcome.refused_parameter + ": " + outcome.error;
    };
    CHECK(refused({}) == "start: is needed, unless due gives the due day itself");
    CHECK(refused({"start"}) == "within: or late_from is needed: how long may it take?");
    CHECK(refused({"start", "within", "late_from"}) ==
          "late_from: is not wanted beside within: give one of them");
    CHECK(refused({"start", "late_from", "before"}) == "late_from: does not go with before: give within");
    CHECK(refused({"due", "start"}) == "start: is not wanted beside due, which already says when");
    CHECK(refused({"due", "within"}) == "within: is not wanted beside due, which already says when");
    CHECK(refused({"due", "before"}) == "before: is not wanted beside due, which already says when");
    CHECK(refused({"start", "within", "missing_event"}) ==
          "missing_event: is one of: overdue, passes, fails, undecided");
    CHECK(refused({"start", "within", "before"}) == ": ");
}
