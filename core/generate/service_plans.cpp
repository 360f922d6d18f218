// Plans for a child, what the IRO does between reviews, and what happens along the way.
#include <algorithm>

#include "generate/service_records.h"

namespace caseaudit::generate::service {
namespace {

std::string_view draw_grade(Random& random) {
    static constexpr Weighted<std::string_view> grades[] = {
        {"outstanding", 6}, {"good", 68}, {"requires_improvement", 26}};
    return pick(random, grades);
}

struct Plan {
    std::string_view kind;
    Day completed;
    Day updated = open_end;
    const Stay* stay = nullptr;
};

void add_plan(Draft& draft, const Plan& plan) {
    if (!draft.known(plan.completed)) return;
    const Day shared = std::min(draft.days_after(plan.completed, 0, 4), draft.year.as_at);
    draft.rows.add(
        Table::plans,
        {draft.fresh("PL"), draft.person(), plan.kind, plan.stay ? draft.stay_id(*plan.stay) : Value(),
         Value::date(plan.completed), plan.updated == open_end ? Value() : Value::date(plan.updated),
         Value::date(shared), "Y", draw_grade(draft.random), "Y"});
}

// A few days after the last review that was held, or never yet.
Day after_last_review(Draft& draft, const Care& care) {
    for (auto meeting = care.meetings.rbegin(); meeting != care.meetings.rend(); ++meeting)
        if (!meeting->cancelled)
            return std::min(draft.days_after(meeting->date, 0, 4), horizon(care, draft.year));
    return open_end;
}

// In the last weeks, where the plan is older.
Day lately(Draft& draft, const Care& care, Day completed) {
    const Day day = horizon(care, draft.year) - draft.random.between(3, 60);
    return day > completed ? day : open_end;
}

void add_permanence_meeting(Draft& draft, const Care& care) {
    const Day until = horizon(care, draft.year);
    const Day meeting = draft.days_after(care.start, 40, 58), agreed = draft.days_after(meeting, 0, 7);
    if (meeting > until) return;
    draft.rows.add(Table::permanence_meetings, {draft.person(), Value::date(meeting), draft.date(agreed)});
    add_plan(draft, {.kind = "permanence", .completed = agreed, .updated = open_end, .stay = nullptr});
    if (draft.known(agreed))
        draft.rows.add(Table::care_plans,
                       {draft.fresh("CP"), draft.person(), Value::date(agreed),
                        ended(care) ? Value::date(std::max(care.end, agreed)) : Value(),
                        draft.random.chance(0.4) ? R"({"RETURN1M6M": "Y"})" : R"({"LTFOSTER": "Y"})"});
}

void add_midway(Draft& draft, const Care& care, Day last, Day next) {
    const Day until = horizon(care, draft.year);
    const auto record = [&](std::string_view kind, Day day, bool seen) {
        if (day < until)
            draft.rows.add(Table::oversight, {draft.fresh("O"), draft.person(), draft.iro(), Value::date(day),
                                              kind, Value::flag(seen)});
    };
    const Day middle = last + (next - last) / 2 - draft.random.between(0, 8);
    record("midway_review", weekday(middle), false);
    if (draft.random.chance(0.5)) {
        const bool seen = draft.random.chance(0.3);
        record("contact", draft.days_after(last, 20, 34), seen);
    }
    if (draft.random.chance(0.2)) record("case_overview", draft.days_after(middle, 4, 8), false);
    record("visit", draft.days_after(next, -34, -9), true);
}

// Into each episode: the last time the IRO saw or spoke to the child in it.
void note_last_contact(Draft& draft, std::size_t first_episode, std::size_t first_oversight) {
    Rows& rows = draft.rows;
    for (std::size_t row = first_episode; row < rows.count(Table::episodes); ++row) {
        const Value& end = rows.at(Table::episodes, row, episodes::end);
        for (std::size_t seen = first_oversight; seen < rows.count(Table::oversight); ++seen) {
            const Value& kind = rows.at(Table::oversight, seen, oversight::kind);
            const Value& date = rows.at(Table::oversight, seen, oversight::date);
            if ((kind == "visit" || kind == "contact") && (end.blank() || date.day() <= end.day()) &&
                date.day() >= rows.at(Table::episodes, row, episodes::start).day())
                rows.at(Table::episodes, row, episodes::contact) = date;
        }
    }
}

void add_missing(Draft& draft, const Care& care) {
    const Day until = horizon(care, draft.year);
    const Day start = draft.days_after(care.start, 30, std::max(31, until - care.start - 6));
    if (start + 5 >= until || draft.child.age(start) < 11 || !draft.random.chance(0.12)) return;
    draft.rows.add(Table::missing,
                   {draft.fresh("M"), draft.person(), Value::date(start), "Missing",
                    Value::date(draft.days_after(start, 0, 3)), "Y", draft.random.chance(0.7) ? "Y" : "N"});
    draft.rows.add(Table::significant_events, {draft.person(), Value::date(start), "missing from care",
                                               Value::date(draft.days_after(start, 0, 1))});
}

void add_dispute(Draft& draft, const Care& care) {
    // As Kent counted its disputes in 2017/18.
    static constexpr Weighted<std::string_view> categories[] = {{"pre_meeting_report", 45},
                                                                {"other", 18},
                                                                {"care_plan", 10},
                                                                {"stable_placement", 8},
                                                                {"no_permanency_planning_meeting", 4},
                                                                {"education", 4},
                                                                {"chronology", 3},
                                                                {"permanence", 2},
                                                                {"life_story_work", 1},
                                                                {"contact", 1},
                                                                {"health", 1}};
    const Day until = std::min(horizon(care, draft.year), draft.year.as_at - 20);
    const Day from = std::max(care.start + 30, draft.year.start);
    if (from >= until || !draft.random.chance(0.033)) return;
    static constexpr Weighted<int> counts[] = {{1, 85}, {2, 11}, {3, 4}};
    const int stages = pick(draft.random, counts);
    const std::string_view category = pick(draft.random, categories);
    const Value id = draft.fresh("DR");
    const Day raised = weekday(draft.random.between(from, until - 1));
    Day day = raised;
    for (int stage = 1; stage <= stages && draft.known(day); ++stage) {
        const Day responded = day + draft.random.between(1, 2), end = responded + draft.random.between(0, 1);
        draft.rows.add(Table::dispute_stages,
                       {id, Value::number(stage), Value::date(day), draft.date(responded), draft.date(end)});
        day = end;
    }
    draft.rows.add(Table::disputes,
                   {id, draft.person(), draft.iro(), Value::date(raised), category, draft.date(day)});
}

}  // namespace

void add_plans(Draft& draft, const Care& care) {
    const Child& child = draft.child;
    const Day updated = after_last_review(draft, care);
    const auto early = [&](std::string_view kind, int fewest, int most) {
        const Day completed = draft.days_after(care.start, fewest, most);
        if (completed > horizon(care, draft.year)) return;
        add_plan(draft, {kind, completed, updated != open_end && updated > completed ? updated : open_end});
    };
    early("care", 1, 8);
    early("safe_care", 2, 6);
    early("health", 14, 18);
    early("life_story", 50, 75);
    for (const Stay& stay : care.stays) {
        const Day completed = draft.days_after(stay.start, 0, 3);
        add_plan(draft, {"placement", completed, open_end, &stay});
    }
    const auto kept_current = [&](std::string_view kind, Day completed) {
        if (completed <= horizon(care, draft.year))
            add_plan(draft, {kind, completed, lately(draft, care, completed)});
    };
    if (child.age(horizon(care, draft.year)) >= 3)
        kept_current("personal_education", draft.days_after(care.start, 4, 10));
    const Day at_sixteen = draft.days_after(child.birthday(16), 20, 70),
              at_entry = draft.days_after(care.start, 5, 10);
    kept_current("pathway", std::max(at_sixteen, at_entry));
    add_permanence_meeting(draft, care);
}

void add_oversight(Draft& draft, const Care& care) {
    const std::size_t first = draft.rows.count(Table::oversight);
    std::size_t episode = draft.rows.count(Table::episodes);
    while (episode > 0 && draft.rows.at(Table::episodes, episode - 1, episodes::start).day() >= care.start)
        --episode;
    const Day seen = draft.days_after(care.start, 5, 12);
    if (seen < horizon(care, draft.year))
        draft.rows.add(Table::oversight,
                       {draft.fresh("O"), draft.person(), draft.iro(), Value::date(seen), "visit", "Y"});
    Day last = open_end;
    for (const Meeting& meeting : care.meetings) {
        if (meeting.cancelled) continue;
        if (last != open_end) add_midway(draft, care, last, meeting.date);
        last = meeting.date;
    }
    if (last != open_end) add_midway(draft, care, last, care.next_meeting);
    note_last_contact(draft, episode, first);
}

void add_events(Draft& draft, const Care& care) {
    static constexpr std::string_view kinds[] = {"placement breakdown",
                                                 "exclusion from school",
                                                 "allegation",
                                                 "hospital admission",
                                                 "arrest",
                                                 "complaint"};
    const Day until = horizon(care, draft.year);
    for (Day day = draft.days_after(care.start, 20, 500); day < until; day = draft.days_after(day, 90, 700))
        draft.rows.add(Table::significant_events, {draft.person(), Value::date(day), draft.random.pick(kinds),
                                                   draft.date(draft.days_after(day, 0, 1))});
    add_missing(draft, care);
    add_dispute(draft, care);
}

}  // namespace caseaudit::generate::service
