// Reviews, and what comes before and after each: documents, who came, changes of date.
#include <algorithm>

#include "generate/service_records.h"

namespace caseaudit::generate::service {
namespace {

std::string_view draw_participation(Random& random, int age) {
    static constexpr Weighted<std::string_view> codes[] = {
        {"PN1", 52}, {"PN2", 5}, {"PN3", 6}, {"PN5", 9}, {"PN6", 28}};
    return age < 4 ? std::string_view("PN0") : pick(random, codes);
}

void add_document(Draft& draft, const Meeting& meeting, std::string_view kind, Day completed,
                  Day distributed) {
    if (!draft.known(completed)) return;
    draft.rows.add(Table::documents, {draft.fresh("D"), draft.meeting_id(meeting), kind,
                                      Value::date(completed), draft.date(distributed), "N"});
}

// Consultation forms go round 30 days before a review, and before the first one in the days after the entry.
void add_consultation(Draft& draft, const Care& care, const Meeting& meeting, int age) {
    const auto form = [&](std::string_view kind) {
        const bool first = meeting.in_period == 1;
        const Day completed =
            first ? draft.days_after(care.start, 1, 3) : draft.days_after(meeting.date, -44, -38);
        add_document(draft, meeting, kind, completed, draft.days_after(completed, 0, 3));
    };
    if (age >= 4) form("child_consultation");
    form("parent_consultation");
    form("carer_consultation");
}

void add_before(Draft& draft, const Care& care, const Meeting& meeting, int age) {
    const auto before = [&](std::string_view kind, int most, int fewest) {
        const Day completed = draft.days_after(meeting.date, -most, -fewest);
        add_document(draft, meeting, kind, completed, completed);
    };
    before("invitation", 16, 14);
    add_consultation(draft, care, meeting, age);
    before("pre_meeting_report", 14, 12);
    if (meeting.in_period == 1) before("social_work_report", 14, 12);
    before("care_plan", 14, 12);
}

void add_after(Draft& draft, const Meeting& meeting, int age) {
    const Day decided = draft.days_after(meeting.date, 1, 3), written = draft.days_after(meeting.date, 6, 13);
    add_document(draft, meeting, "outcomes", decided, decided + 1);
    add_document(draft, meeting, "minutes", written, draft.days_after(written, 1, 5));
    if (age < 9) return;
    if (draft.random.chance(0.2))
        draft.rows.add(Table::documents,
                       {draft.fresh("D"), draft.meeting_id(meeting), "child_friendly_minutes", {}, {}, "Y"});
    else
        add_document(draft, meeting, "child_friendly_minutes", written, draft.days_after(written, 1, 5));
}

void add_attendance(Draft& draft, const Care& care, const Meeting& meeting, std::string_view code) {
    const auto role = [&](std::string_view name, bool attended, std::string_view chaired = "none") {
        draft.rows.add(Table::attendance, {draft.meeting_id(meeting), name, Value::flag(attended), chaired});
    };
    Random& random = draft.random;
    if (code != "PN0") {
        const bool came = code <= "PN4";
        role("child", came, came && random.chance(0.08) ? random.chance(0.3) ? "all" : "part" : "none");
    }
    role("social_worker", true);
    role("carer", random.chance(0.95));
    const bool mother = random.chance(0.7);
    role("mother", mother);
    if (!mother || random.chance(0.4)) role("father", !mother || random.chance(0.5));
    if (code == "PN2" || code == "PN5") role("advocate", true);
    if (draft.child.age(meeting.date) >= 17) role("personal_adviser", true);
    if (care.need != "N8" && random.chance(0.3)) role("education", random.chance(0.8));
}

void add_change(Draft& draft, const Meeting& meeting) {
    if (meeting.in_period < 2 || !draft.random.chance(0.05)) return;
    draft.rows.add(Table::changes,
                   {draft.meeting_id(meeting), Value::date(weekday(draft.days_after(meeting.date, -12, -6))),
                    Value::date(meeting.date), "Y", "Y", "Y"});
}

}  // namespace

void add_reviews(Draft& draft, const Care& care) {
    for (const Meeting& meeting : care.meetings) {
        const int age = draft.child.age(meeting.date);
        const std::string_view code =
            meeting.cancelled ? std::string_view() : draw_participation(draft.random, age);
        draft.rows.add(Table::reviews,
                       {draft.meeting_id(meeting), draft.care_id(care), Value::date(meeting.due),
                        Value::date(meeting.date), Value::flag(meeting.cancelled), code});
        if (meeting.cancelled) continue;
        add_before(draft, care, meeting, age);
        add_after(draft, meeting, age);
        add_attendance(draft, care, meeting, code);
        add_change(draft, meeting);
    }
}

}  // namespace caseaudit::generate::service
