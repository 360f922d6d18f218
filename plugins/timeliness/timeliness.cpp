// timeliness: was something done in time, by the clock that a regulation or a local standard sets?
//
// All dates are whole days; a deadline is the whole of its day. With start Thursday 2 May 2024 (Monday 6 May
// is a bank holiday in England and Wales):
//
//   within: {working_days: 3}     due Wednesday 8 May, the third working day after the start. Done on the 8th
//                                 is on time, on the 9th late. Also late: done on a Saturday after a due
//                                 Friday.
//   late_from: {working_days: 3}  late from the third working day after the start, the 8th, on; due Tuesday 7
//   May,
//                                 the last working day before. Done on a weekend between the two is on time.
//   within: {days: 3}             due Sunday 5 May; weekends and holidays count like any day.
//   within: {months: 6}           due 2 November; from 31 August, the last day of February.
//   before: true                  start is what must be prepared for: done `within` or more before it.
//                                 With {working_days: 3} and a review on Thursday 9 May: due Friday 3 May.
//
// The start is never counted: the day after it is day one. A start on a weekend: day one is Monday.
#include <caseaudit/sdk.hpp>

namespace {
using namespace caseaudit::sdk;

// Whole weeks, months or years from one day to a later one.
std::int64_t whole_units(const Calendar& calendar, Date from, Date to, Unit unit) {
    const std::int64_t longest = unit == Unit::weeks ? 7 : unit == Unit::months ? 31 : 366;
    std::int64_t count = (to - from) / longest;  // never too many
    while (calendar.add(from, {count + 1, unit}) <= to) ++count;
    return count;
}

struct Deadline {
    static constexpr auto name = "deadline";
    static constexpr auto description =
        "An event comes in time: within a duration of a start, before it, or by a due date.";

    Expression<Date> start, event, due, as_at;
    Constant<Duration> within, late_from;
    Constant<bool> before;
    Constant<std::string> missing_event, not_yet_due;

    static constexpr auto parameters = std::tuple{
        optional(&Deadline::start, "start",
                 "The day the clock starts; with before: true, the day to be ready for."),
        required(&Deadline::event, "event", "The day it was done."),
        optional(&Deadline::within, "within",
                 "The time allowed after the start: the due day is start + within, and is itself on time.")
            .at_least(0),
        optional(&Deadline::late_from, "late_from",
                 "Instead of within: the event is late from the day start + late_from on, that day included.")
            .at_least(1),
        optional(&Deadline::before, "before", "true: the event must come at least `within` before the start.")
            .otherwise(false),
        optional(&Deadline::due, "due",
                 "Instead of start and within: the due day itself, the last that is on time."),
        optional(&Deadline::as_at, "as_at",
                 "The day up to which a missing event is awaited. Default: the as-at date of the audit."),
        optional(&Deadline::missing_event, "missing_event",
                 "What a missing event means. overdue: fails once the due day is past, see not_yet_due "
                 "before that. Else passes, fails or undecided, whatever the day.")
            .otherwise("overdue"),
        optional(&Deadline::not_yet_due, "not_yet_due",
                 "What a missing event means up to the due day: undecided or passes.")
            .otherwise("undecided")};

    static constexpr std::array evidence = {
        shows<Date>(
            "due",
            "The last day that was on time; with late_from in working days, the last such working day."),
        shows<Date>("event", "The day it was done; blank when it was not."),
        shows<std::int64_t>(
            "late",
            "How late, in whole units of the duration (days when `due` is given). Working days "
            "are at least 1; weeks, months and years may be 0: see late_days."),
        shows<std::string_view>("unit", "The unit of late: days, working days, weeks, months or years."),
        shows<std::int64_t>("late_days",
                            "Days from the due day to the event, or to the as-at date when overdue."),
        shows<std::int64_t>("late_working_days",
                            "Working days after the due day, up to the event or as-at date."),
        shows<bool>("overdue", "Whether it had not been done at all by the as-at date.")};

    void prepare(const Context&) {
        missing_ = static_cast<Missing>(
            choice(missing_event, "missing_event", {"overdue", "passes", "fails", "undecided"}));
        passes_until_due_ = choice(not_yet_due, "not_yet_due", {"undecided", "passes"}) == 1;
        if (due)
            due_stands_alone();
        else
            start_has_a_duration();
    }

    Verdict judge(const Row& row) const {
        const auto done = row[event];
        if (done.invalid()) return row.undecided();
        if (done.missing() && missing_ == Missing::passes) return row.passes();
        if (done.missing() && missing_ == Missing::undecided) return row.undecided();
        const auto limit = limit_of(row);
        if (!limit) return row.undecided();
        if (done) return *done < limit->first_late ? row.passes() : fail(row, *limit, done, *done);

        const auto today = as_at ? row[as_at] : Cell<Date>(State::present, row.as_at());
        if (!today) return row.undecided();
        if (*today >= limit->first_late || missing_ == Missing::fails) return fail(row, *limit, done, *today);
        return passes_until_due_ ? row.passes() : row.undecided();
    }

  private:
    enum class Missing { overdue, passes, fails, undecided };
    struct Limit {
        Date due;         // last day to show as on time
        Date first_late;  // this day and later ones are late
    };

    void due_stands_alone() const {
        if (start) throw Refusal("start", "is not wanted beside due, which already says when");
        if (within) throw Refusal("within", "is not wanted beside due, which already says when");
        if (late_from) throw Refusal("late_from", "is not wanted beside due, which already says when");
        if (before.given()) throw Refusal("before", "is not wanted beside due, which already says when");
    }

    void start_has_a_duration() const {
        if (!start) throw Refusal("start", "is needed, unless due gives the due day itself");
        if (within && late_from) throw Refusal("late_from", "is not wanted beside within: give one of them");
        if (!within && !late_from) throw Refusal("within", "or late_from is needed: how long may it take?");
        if (*before && late_from) throw Refusal("late_from", "does not go with before: give within");
    }

    Unit unit() const { return within ? within->unit : late_from ? late_from->unit : Unit::days; }

    std::optional<Limit> limit_of(const Row& row) const {
        const auto day = due ? row[due] : row[start];
        if (!day) return std::nullopt;
        if (due) return Limit{*day, *day + 1};
        if (late_from) {
            const Date first_late = row.calendar().add(*day, *late_from);
            if (late_from->unit != Unit::working_days) return Limit{first_late - 1, first_late};
            return Limit{row.calendar().add(*day, {late_from->count - 1, Unit::working_days}), first_late};
        }
        const Date last =
            *before ? row.calendar().subtract(*day, *within) : row.calendar().add(*day, *within);
        return Limit{last, last + 1};
    }

    // `reached`: the event, or the as-at date when there is none.
    Verdict fail(const Row& row, const Limit& limit, const Cell<Date>& done, Date reached) const {
        const std::int64_t days = std::max<std::int64_t>(0, reached - limit.due);
        const std::int64_t working_days =
            days == 0 ? 0 : row.calendar().working_days_between(limit.due, reached);
        return row.fails({{"due", limit.due},
                          {"event", done},
                          {"late", late(row.calendar(), limit.due, days, working_days)},
                          {"unit", caseaudit::sdk::name(unit())},
                          {"late_days", days},
                          {"late_working_days", working_days},
                          {"overdue", done.missing() && days > 0}});
    }

    std::int64_t late(const Calendar& calendar, Date from, std::int64_t days,
                      std::int64_t working_days) const {
        if (days == 0 || unit() == Unit::days) return days;
        // Done on the weekend after a due Friday: no working day has passed, and yet it is late.
        if (unit() == Unit::working_days) return std::max<std::int64_t>(1, working_days);
        return whole_units(calendar, from, from + static_cast<std::int32_t>(days), unit());
    }

    Missing missing_ = Missing::overdue;
    bool passes_until_due_ = false;
};

}  // namespace

CASEAUDIT_PLUGIN("timeliness", "0.1.0", "Was it done in time: deadlines in days, working days, months.",
                 Deadline)
